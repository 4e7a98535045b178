/// Aligned columns for people.
///
///     name       seconds
///     sod           0.21
///     quadrants    12.40
public struct Table: Sendable {
    /// Which edge a column keeps straight.
    public enum Alignment: Sendable {
        case left
        case right
    }

    /// A heading and its alignment.
    public struct Column: Sendable {
        var title: String
        var alignment: Alignment

        /// A column; text is set left, numbers are set right.
        public init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns, left to right.
    public var columns: [Column]
    /// The rows, top to bottom; a short row leaves its last columns empty.
    public private(set) var rows: [[String]] = []

    /// An empty table.
    public init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row at the bottom.
    public mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines of the table. Where the terminal has a width, the last column is wrapped to it.
    public func rendered(on terminal: Terminal = .plain) -> String {
        let widths = columns.indices.map(naturalWidth)
        let lead = widths.dropLast().reduce(0) { $0 + $1 + Self.gap }
        let room = terminal.width.map { max(24, $0 - lead) }
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines.append(terminal.styled(line(columns.map(\.title), widths: widths), .bold))
        }
        for row in rows { lines += self.lines(of: row, widths: widths, room: room) }
        return lines.joined(separator: "\n")
    }

    private static let gap = 2

    private func naturalWidth(_ column: Int) -> Int {
        rows.reduce(columns[column].title.count) { max($0, column < $1.count ? $1[column].count : 0) }
    }

    private func lines(of row: [String], widths: [Int], room: Int?) -> [String] {
        guard let room, row.count == columns.count, let last = row.last, columns.last?.alignment == .left
        else {
            return [line(row, widths: widths)]
        }
        let pieces = wrapped(last, to: room)
        return pieces.enumerated().map { index, piece in
            line((index == 0 ? row.dropLast() : row.dropLast().map { _ in "" }) + [piece], widths: widths)
        }
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        let padded = columns.indices.map { column in
            let text = column < cells.count ? cells[column] : ""
            let space = String(repeating: " ", count: max(0, widths[column] - text.count))
            return columns[column].alignment == .left ? text + space : space + text
        }
        let joined = padded.joined(separator: String(repeating: " ", count: Self.gap))
        return String(joined.reversed().drop { $0 == " " }.reversed())
    }
}

/// The words of a text on lines of at most `width` characters; a longer word keeps a line of its own.
package func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
        if !current.isEmpty, current.count + 1 + word.count > width {
            lines.append(current)
            current = ""
        }
        current += (current.isEmpty ? "" : " ") + word
    }
    return lines + (current.isEmpty && !lines.isEmpty ? [] : [current])
}
