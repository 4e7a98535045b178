import Schema

/// Something in prose that is not Markdown: a formula or a value of a cell.
struct ProseMark {
    enum Kind {
        /// The content of `{{…}}`.
        case value(String)
        /// TeX between dollar signs.
        case formula(String, isDisplayed: Bool)
        /// `{{` without its end.
        case unclosedValue
    }

    var kind: Kind
    /// Offsets in the scalars of the chunk.
    var range: Range<Int>
    /// The line and column of its start.
    var place: Place
}

/// A run of lines of prose without empty lines between them, such as a paragraph.
struct ProseChunk {
    let scalars: [Unicode.Scalar]
    let file: String
    /// The line of the first character.
    let line: Int

    /// The chunks of a text, without the lines of code blocks.
    static func chunks(of lines: [String], from first: Int, code: [CodeBlock], file: String) -> [ProseChunk] {
        var isCode = Array(repeating: false, count: lines.count + 2)
        for block in code {
            for line in block.line...max(block.line, min(block.endLine, lines.count)) { isCode[line] = true }
        }
        var chunks: [ProseChunk] = []
        var current: [String] = []
        for index in first...lines.count {
            let isEnd = index == lines.count || isCode[index + 1] || lines[index].allSatisfy(\.isWhitespace)
            if !isEnd { current.append(lines[index]) }
            if isEnd, !current.isEmpty {
                chunks.append(
                    ProseChunk(
                        scalars: Array(current.joined(separator: "\n").unicodeScalars), file: file,
                        line: index - current.count + 1))
                current = []
            }
        }
        return chunks
    }

    /// The formulas and values, in the order of the text; what stands in backticks is none.
    func marks() -> [ProseMark] {
        var scanner = ProseScanner(scalars: scalars)
        var (offset, place) = (0, Place(file: file, line: line, column: 1))
        return scanner.scan().map { kind, range in
            for scalar in scalars[offset..<range.lowerBound] {
                place.column = scalar == "\n" ? 1 : (place.column ?? 1) + 1
                if scalar == "\n" { place.line = (place.line ?? line) + 1 }
            }
            offset = range.lowerBound
            return ProseMark(kind: kind, range: range, place: place)
        }
    }

    /// The text with every mark replaced.
    func replacing(_ replacement: (ProseMark) -> String) -> String {
        var result = String.UnicodeScalarView()
        var position = 0
        for mark in marks() {
            result += scalars[position..<mark.range.lowerBound]
            result += replacement(mark).unicodeScalars
            position = mark.range.upperBound
        }
        result += scalars[position...]
        return String(result)
    }
}

/// Finds formulas and values in the scalars of a chunk.
private struct ProseScanner {
    let scalars: [Unicode.Scalar]
    private var position = 0
    /// Where the line ends that has no more `}}`: it is not searched again.
    private var lineWithoutEnd = 0
    /// Lengths of backticks that do not come again.
    private var exhausted: Set<Int> = []

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func scan() -> [(kind: ProseMark.Kind, range: Range<Int>)] {
        var found: [(ProseMark.Kind, Range<Int>)] = []
        while position < scalars.count {
            let start = position
            switch scalars[position] {
            case "\\": position += 2
            case "`": skipCode()
            case "$": if let kind = formula() { found.append((kind, start..<position)) }
            case "{" where peek(1) == "{": found.append((value(), start..<position))
            default: position += 1
            }
        }
        return found
    }

    private func peek(_ offset: Int) -> Unicode.Scalar? {
        let index = position + offset
        return scalars.indices.contains(index) ? scalars[index] : nil
    }

    private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    /// A code span ends with as many backticks as it began with; without them they are just backticks.
    private mutating func skipCode() {
        let count = scalars[position...].prefix { $0 == "`" }.count
        position += count
        guard !exhausted.contains(count) else { return }
        var search = position
        while search < scalars.count {
            guard scalars[search] == "`" else {
                search += 1
                continue
            }
            let run = scalars[search...].prefix { $0 == "`" }.count
            search += run
            if run == count {
                position = search
                return
            }
        }
        exhausted.insert(count)
    }

    private mutating func value() -> ProseMark.Kind {
        let start = position + 2
        var end = start
        while start >= lineWithoutEnd, end + 1 < scalars.count, scalars[end] != "\n" {
            if scalars[end] == "}", scalars[end + 1] == "}" {
                position = end + 2
                return .value(text(start..<end))
            }
            end += 1
        }
        lineWithoutEnd = max(lineWithoutEnd, end)
        position = start
        return .unclosedValue
    }

    /// `$…$` has no blank inside of its signs and no digit behind, so that prices stay prices; `$$…$$` has its own
    /// line on the page.
    private mutating func formula() -> ProseMark.Kind? {
        if peek(1) == "$" {
            let start = position + 2
            var end = start
            while end + 1 < scalars.count {
                if scalars[end] == "$", scalars[end + 1] == "$", end > start {
                    position = end + 2
                    return .formula(text(start..<end), isDisplayed: true)
                }
                end += 1
            }
            position += 2
            return nil
        }
        let start = position + 1
        guard let first = peek(1), !first.properties.isWhitespace else {
            position += 1
            return nil
        }
        var end = start
        while end < scalars.count, scalars[end] != "$" { end += scalars[end] == "\\" ? 2 : 1 }
        guard end < scalars.count, end > start, !scalars[end - 1].properties.isWhitespace,
            !(end + 1 < scalars.count && ("0"..."9").contains(scalars[end + 1]))
        else {
            position += 1
            return nil
        }
        position = end + 1
        return .formula(text(start..<end), isDisplayed: false)
    }
}
