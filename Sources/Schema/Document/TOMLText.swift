/// The characters of a TOML text, and what is made of them alone: keys, strings, blanks, ends of lines.
struct TOMLText {
    let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// In Unicode scalars.
    private var column = 1

    init(_ text: String, file: String) {
        self.file = file
        bytes = Array(text.utf8)
        // A mark of the byte order is no character of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next character, or its first byte.
    var current: UInt8? { peek(0) }

    func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    var place: Place { Place(file: file, line: line, column: column) }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 10 {
                (line, column) = (line + 1, 1)
            } else if position == bytes.count || bytes[position] & 0xC0 != 0x80 {
                // Behind the last byte of a character.
                column += 1
            }
        }
    }

    /// A mistake at the next character, which the message shows.
    func failure(_ what: String) -> InvalidInput {
        let found: String
        switch current {
        case nil: found = "the text ends here"
        case 10, 13: found = "the line ends here"
        case let byte?:
            let character = String(decoding: bytes[position...].prefix(4), as: UTF8.self).first ?? "?"
            found =
                byte < 0x20 || byte == 0x7F ? "character \(byte) stands here" : "\"\(character)\" stands here"
        }
        return mistake("\(what); \(found)")
    }

    /// A mistake that begins at the next character.
    func mistake(_ what: String) -> InvalidInput {
        InvalidInput(Diagnostic(at: place, message: "TOML syntax: \(what)"))
    }

    mutating func expect(_ character: Unicode.Scalar, _ rule: String) throws(InvalidInput) {
        guard let current, UInt32(current) == character.value else { throw failure(rule) }
        advance()
    }

    // MARK: Blanks

    mutating func skipSpaces() {
        while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { advance() }
    }

    /// Skips spaces, comments and ends of lines.
    mutating func skipBlank() throws(InvalidInput) {
        while true {
            skipSpaces()
            try skipComment()
            guard skipLineEnd() else { return }
        }
    }

    /// Nothing but a comment may follow.
    mutating func endLine() throws(InvalidInput) {
        skipSpaces()
        try skipComment()
        guard current == nil || skipLineEnd() else { throw failure("a line has one key and one value") }
    }

    private mutating func skipComment() throws(InvalidInput) {
        guard current == UInt8(ascii: "#") else { return }
        while let next = current, next != 10, !isWindowsLineEnd { try advanceInText(next) }
    }

    private mutating func skipLineEnd() -> Bool {
        if isWindowsLineEnd { advance() }
        guard current == 10 else { return false }
        advance()
        return true
    }

    private var isWindowsLineEnd: Bool { current == 13 && peek(1) == 10 }

    private mutating func advanceInText(_ next: UInt8) throws(InvalidInput) {
        guard next >= 0x20 && next != 0x7F || next == 9 else {
            throw failure("control characters have to be written as escapes")
        }
        advance()
    }

    // MARK: Keys and strings

    mutating func readKey() throws(InvalidInput) -> String {
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
            guard !(peek(1) == current && peek(2) == current) else {
                throw failure("keys have no triple quotes")
            }
            return try readString().text
        }
        let start = position
        while let next = current, Self.isOfBareKey(next) { advance() }
        guard position > start else {
            throw failure("a key is made of letters, digits, - and _, or stands in quotes")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isOfBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Any of the four kinds of string, and where its content starts: nil where columns in it are not columns of the text.
    mutating func readString() throws(InvalidInput) -> (text: String, content: Place?) {
        guard let quote = current else { throw failure("a string is missing") }
        let start = place
        let isLong = peek(1) == quote && peek(2) == quote
        advance(isLong ? 3 : 1)
        var content: Place? = place
        if isLong, skipLineEnd() { content = nil }
        var text: [UInt8] = []
        while let next = current {
            if next == quote, !isLong || (peek(1) == quote && peek(2) == quote) {
                // Up to two quotes may stand before the three that end it.
                for _ in 0..<2 where isLong && peek(3) == quote {
                    text.append(quote)
                    advance()
                }
                advance(isLong ? 3 : 1)
                return (String(decoding: text, as: UTF8.self), content)
            }
            if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                content = nil
                try readEscape(into: &text, isLong: isLong)
            } else if isLong, next == 10 || isWindowsLineEnd {
                text.append(next)
                advance()
            } else {
                guard next != 10, next != 13 else { break }
                text.append(next)
                try advanceInText(next)
            }
        }
        throw mistake(
            "the string that begins in line \(start.line ?? 0), column \(start.column ?? 0), does not end")
    }

    private mutating func readEscape(into text: inout [UInt8], isLong: Bool) throws(InvalidInput) {
        let escape = self
        advance()
        guard let kind = current else { throw escape.mistake("an escape is not complete") }
        advance()
        switch kind {
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(kind)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = kind == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[position...].prefix(count)
            guard digits.count == count, digits.allSatisfy({ Character(.init($0)).isHexDigit }),
                let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw escape.mistake("\\\(Character(.init(kind))) needs \(count) digits of a character") }
            text += Array(String(Character(scalar)).utf8)
            advance(count)
        default:
            // A backslash at the end of a line joins it with what follows.
            var rest = escape
            rest.advance()
            rest.skipSpaces()
            guard isLong, rest.skipLineEnd() else {
                throw escape.mistake("allowed escapes are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX")
            }
            repeat { rest.skipSpaces() } while rest.skipLineEnd()
            self = rest
        }
    }

    /// The letters of a number, a date or a word.
    mutating func readWord() -> String {
        let start = position
        while let next = current,
            Self.isOfBareKey(next) || next == UInt8(ascii: "+") || next == UInt8(ascii: ".")
                || next == UInt8(ascii: ":")
        {
            advance()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
