/// Locates every key and value of a TOML text.
///
/// The text is known to be valid: parsing it is the library's work, which keeps no positions. Paths are lists
/// of keys; an element of an array is its index as text.
struct KeyScanner {
    /// Where a key and its value are.
    struct Location {
        var key: Place
        var value: Place
        /// Where the content of a string starts, if it has no escapes and starts on the same line.
        var content: Place?
    }

    private(set) var locations: [[String]: Location] = [:]
    private let scalars: [Unicode.Scalar]
    private let file: String
    private var position = 0
    private var line = 1
    private var lineStart = 0
    /// How many elements each array of tables has so far.
    private var tableCounts: [[String]: Int] = [:]

    init(_ text: String, file: String) {
        scalars = Array(text.unicodeScalars)
        self.file = file
    }

    /// The locations of all keys and values of the text.
    static func locations(in text: String, file: String) -> [[String]: Location] {
        var scanner = KeyScanner(text, file: file)
        scanner.scanDocument()
        return scanner.locations
    }

    private mutating func scanDocument() {
        var table: [String] = []
        skipBlank()
        while let next = current {
            let before = position
            if next == "[" { table = scanHeader() } else { scanPair(in: table) }
            skipBlank()
            // Cannot happen in valid text; keeps a defect from becoming an endless loop.
            if position == before { advance() }
        }
    }

    /// `[a.b]` or `[[a.b]]`; returns the path of the table.
    private mutating func scanHeader() -> [String] {
        advance()
        let isArray = current == "["
        if isArray { advance() }
        let keys = scanKeyPath()
        while let next = current, next == "]" || isBlank(next) { advance() }
        var path: [String] = []
        for (index, key) in keys.enumerated() {
            path.append(key.name)
            note(path, key.place)
            if isArray && index == keys.count - 1 {
                tableCounts[path, default: 0] += 1
            }
            if let count = tableCounts[path] {
                path.append(String(count - 1))
                note(path, key.place)
            }
        }
        return path
    }

    private mutating func scanPair(in table: [String]) {
        var path = table
        for key in scanKeyPath() {
            path.append(key.name)
            note(path, key.place)
        }
        if current == "=" { advance() }
        skipSpaces()
        let start = place
        locations[path]?.value = start
        scanValue(path)
    }

    private mutating func scanValue(_ path: [String]) {
        switch current {
        case "\"", "'":
            let content = scanString().content
            locations[path]?.content = content
        case "[": scanArray(path)
        case "{": scanInlineTable(path)
        default:
            while let next = current, !",]}#\n\r".unicodeScalars.contains(next) { advance() }
        }
    }

    private mutating func scanArray(_ path: [String]) {
        advance()
        var index = 0
        skipBlank()
        while let next = current, next != "]" {
            let before = position
            let element = path + [String(index)]
            note(element, place)
            scanValue(element)
            index += 1
            skipBlank()
            if current == "," { advance() }
            skipBlank()
            if position == before { advance() }
        }
        advance()
    }

    private mutating func scanInlineTable(_ path: [String]) {
        advance()
        skipBlank()
        while let next = current, next != "}" {
            let before = position
            scanPair(in: path)
            skipBlank()
            if current == "," { advance() }
            skipBlank()
            if position == before { advance() }
        }
        advance()
    }

    // MARK: Keys and strings

    private mutating func scanKeyPath() -> [(name: String, place: Place)] {
        var keys: [(name: String, place: Place)] = []
        repeat {
            if current == "." { advance() }
            skipSpaces()
            let start = place
            keys.append((scanKey(), start))
            skipSpaces()
        } while current == "."
        return keys
    }

    private mutating func scanKey() -> String {
        if current == "\"" || current == "'" { return scanString().text }
        let start = position
        while let next = current, !" \t.=]\n".unicodeScalars.contains(next) { advance() }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    /// Any of the four kinds of string; the text has its escapes resolved.
    private mutating func scanString() -> (text: String, content: Place?) {
        guard let quote = current else { return ("", nil) }
        let isLong = peek(1) == quote && peek(2) == quote
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        var content: Place? = current == "\n" || current == "\r" ? nil : place
        var text = String.UnicodeScalarView()
        while let next = current {
            if next == quote, !isLong || (peek(1) == quote && peek(2) == quote && peek(3) != quote) { break }
            advance()
            if next == "\\", quote == "\"" {
                content = nil
                scanEscape(into: &text)
            } else {
                text.append(next)
            }
        }
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        return (String(text), content)
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "f": "\u{c}",
    ]

    private mutating func scanEscape(into text: inout String.UnicodeScalarView) {
        guard let kind = current else { return }
        advance()
        let digits = kind == "u" ? 4 : (kind == "U" ? 8 : 0)
        guard digits > 0 else {
            text.append(Self.escapes[kind] ?? kind)
            return
        }
        let end = min(position + digits, scalars.count)
        let code = UInt32(String(String.UnicodeScalarView(scalars[position..<end])), radix: 16) ?? 0
        if let scalar = Unicode.Scalar(code) { text.append(scalar) }
        while position < end { advance() }
    }
}

// MARK: Movement

extension KeyScanner {
    private var current: Unicode.Scalar? { peek(0) }

    private var place: Place { Place(file: file, line: line, column: position - lineStart + 1) }

    private func peek(_ offset: Int) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    private mutating func advance() {
        guard position < scalars.count else { return }
        let isLineEnd = scalars[position] == "\n"
        position += 1
        if isLineEnd {
            line += 1
            lineStart = position
        }
    }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private mutating func skipSpaces() {
        while let next = current, isBlank(next) { advance() }
    }

    /// Skips spaces, line ends and comments.
    private mutating func skipBlank() {
        while let next = current {
            if next == "#" {
                while let next = current, next != "\n" { advance() }
            } else if isBlank(next) || next == "\n" || next == "\r" || next == "\u{FEFF}" {
                advance()
            } else {
                return
            }
        }
    }

    /// The first mention of a path is its place.
    private mutating func note(_ path: [String], _ place: Place) {
        if locations[path] == nil { locations[path] = Location(key: place, value: place) }
    }
}
