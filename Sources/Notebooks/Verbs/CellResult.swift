import Foundation

/// A single value of a cell.
public enum CellValue: Sendable, Equatable {
    /// A whole number: counts are compared exactly.
    case integer(Int)
    /// A number: compared within the cell's tolerance.
    case number(Double)
    /// A text: compared exactly.
    case text(String)
    /// True or false.
    case boolean(Bool)

    /// As a number, where it is one.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// As people read it.
    public func text(_ format: NumberFormat?) -> String {
        if let format, let number { return format.text(number) }
        switch self {
        case .number(let value): return String(format: "%.6g", value)
        default: return exactText(nil)
        }
    }

    /// As other cells read it: every digit, unless a format was asked for.
    public func exactText(_ format: NumberFormat?) -> String {
        if let format, let number { return format.text(number) }
        switch self {
        case .integer(let value): return "\(value)"
        case .number(let value): return "\(value)"
        case .text(let value): return value
        case .boolean(let value): return "\(value)"
        }
    }
}

extension CellValue: Codable {
    /// Reads `{"number": 1.5}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Kind.self)
        if let value = try values.decodeIfPresent(Int.self, forKey: .integer) {
            self = .integer(value)
        } else if let value = try values.decodeIfPresent(Double.self, forKey: .number) {
            self = .number(value)
        } else if let value = try values.decodeIfPresent(Bool.self, forKey: .boolean) {
            self = .boolean(value)
        } else {
            self = .text(try values.decode(String.self, forKey: .text))
        }
    }

    /// Writes `{"number": 1.5}`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Kind.self)
        switch self {
        case .integer(let value): try values.encode(value, forKey: .integer)
        case .number(let value): try values.encode(value, forKey: .number)
        case .text(let value): try values.encode(value, forKey: .text)
        case .boolean(let value): try values.encode(value, forKey: .boolean)
        }
    }

    private enum Kind: String, CodingKey { case integer, number, text, boolean }
}

/// A value and its name.
public struct NamedValue: Sendable, Codable, Equatable {
    /// As in `{{id.name}}`.
    public var name: String
    /// The value.
    public var value: CellValue
    /// Whether it differs from run to run, such as wall time: not in the lock file, never compared.
    public var isVolatile: Bool

    /// A value and its name.
    public init(_ name: String, _ value: CellValue, isVolatile: Bool = false) {
        (self.name, self.value, self.isVolatile) = (name, value, isVolatile)
    }
}

/// A table of a cell.
public struct CellTable: Sendable, Codable, Equatable {
    /// Tells tables of one cell apart.
    public var name: String
    /// The headings.
    public var columns: [String]
    /// The rows; nil is an empty place.
    public var rows: [[CellValue?]]
    /// What it shows.
    public var caption: String
    /// Columns that differ from run to run and are not compared.
    public var volatileColumns: [String]

    /// A table.
    public init(
        _ name: String, columns: [String], rows: [[CellValue?]], caption: String = "",
        volatileColumns: [String] = []
    ) {
        (self.name, self.columns, self.rows, self.caption) = (name, columns, rows, caption)
        self.volatileColumns = volatileColumns
    }
}

/// A figure of a cell.
public struct CellFigure: Sendable, Codable, Equatable {
    /// Tells figures of one cell apart.
    public var name: String
    /// The role of its SVG among the cell's files.
    public var file: String
    /// What it shows, for people who do not see it.
    public var alternative: String
    /// The text below it.
    public var caption: String
    /// What is drawn, in numbers.
    public var data: [SeriesDigest]

    /// A figure.
    public init(_ name: String, file: String, alternative: String, caption: String, data: [SeriesDigest]) {
        (self.name, self.file, self.alternative) = (name, file, alternative)
        (self.caption, self.data) = (caption, data)
    }
}

/// What came out of a cell.
public struct CellResult: Sendable, Codable, Equatable {
    /// The values, in the order in which people like to read them.
    public var values: [NamedValue]
    /// The files by role: `file` is the main one.
    public var files: [String: String]
    /// The tables.
    public var tables: [CellTable]
    /// The figures.
    public var figures: [CellFigure]

    /// What came out; nothing unless said otherwise.
    public init(
        values: [NamedValue] = [], files: [String: String] = [:], tables: [CellTable] = [],
        figures: [CellFigure] = []
    ) {
        (self.values, self.files, self.tables, self.figures) = (values, files, tables, figures)
    }

    /// The value of this name, or the path of the file of this role.
    public func value(_ name: String) -> CellValue? {
        values.first { $0.name == name }?.value ?? files[name].map { .text($0) }
    }

    /// All names that can be read.
    public var names: [String] { values.map(\.name) + files.keys.sorted() }
}
