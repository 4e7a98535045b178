/// What a key may hold. The same description validates files and writes the reference.
public indirect enum ValueKind: Sendable {
    case boolean
    case text
    /// One word of a list.
    case choice([String])
    case integer(Limits)
    /// One integer of a list.
    case integerChoice([Int])
    /// A number, or an expression in the names of `[constants]`.
    case number(Limits)
    /// A number, or an expression in these variables and the names of `[constants]`.
    case expression([String])
    case list(ValueKind, LengthRule)
    case table(TableSchema)
    /// A table whose description is found when it is needed, so that it may contain itself.
    case nested(NestedTable)
    /// The table of named constants, which ``Scope`` reads.
    case constants
    /// A table with names of the user's choice; all its values are of one kind.
    case namedValues(ValueKind)
    /// Any of several kinds.
    case oneOf([ValueKind])
}

/// A table that is described elsewhere.
public struct NestedTable: Sendable {
    /// The name of the description.
    public let name: String
    /// The dimension within this table, where it differs from that of its surroundings.
    public let dimension: Int?
    /// The description.
    public let schema: @Sendable () -> TableSchema

    /// A table of a description that is made when it is needed.
    public init(_ name: String, dimension: Int? = nil, schema: @escaping @Sendable () -> TableSchema) {
        self.name = name
        self.dimension = dimension
        self.schema = schema
    }
}

/// How many elements an array may have.
public enum LengthRule: Sendable {
    case any
    case exactly(Int)
    case within(ClosedRange<Int>)
    /// One element for each dimension of the domain.
    case dimension
}

extension ValueKind {
    /// The kind in words: `a number > 1`.
    public var description: String {
        switch self {
        case .boolean: "true or false"
        case .text: "a string"
        case .choice(let words): words.count == 1 ? "\"\(words[0])\"" : "one of \(Self.quotedList(words))"
        case .integer(let limits): "an integer" + Self.suffix(limits)
        case .integerChoice(let values): "one of \(values.map(String.init).joined(separator: ", "))"
        case .number(let limits): "a number" + Self.suffix(limits)
        case .expression(let variables):
            variables.isEmpty
                ? "a number" : "a number or an expression in \(variables.joined(separator: ", "))"
        case .list(let element, let length): "an array of \(element.plural)\(length.suffix)"
        case .table(let schema): schema.name.map { "a table (\($0))" } ?? "a table"
        case .nested(let table): "a table (\(table.name))"
        case .namedValues(let kind): "a table of \(kind.plural)"
        case .constants: "a table of numbers or expressions in the names above"
        case .oneOf(let kinds): kinds.map(\.description).joined(separator: ", or ")
        }
    }

    private var plural: String {
        switch self {
        case .text: "strings"
        case .list(let element, let length): "arrays of \(element.plural)\(length.suffix)"
        case .integer(let limits): "integers" + Self.suffix(limits)
        case .number(let limits): "numbers" + Self.suffix(limits)
        case .expression(let variables): "numbers or expressions in \(variables.joined(separator: ", "))"
        case .table(let schema): schema.name.map { "tables (\($0))" } ?? "tables"
        case .nested(let table): "tables (\(table.name))"
        case .choice(let words): "words out of \(Self.quotedList(words))"
        default: description
        }
    }

    private static func suffix(_ limits: Limits) -> String {
        limits == .any ? "" : " " + limits.description
    }

    /// The words in quotes, separated by commas.
    static func quotedList(_ words: [String]) -> String {
        words.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension LengthRule {
    /// The rule in words.
    var suffix: String {
        switch self {
        case .any: ""
        case .exactly(let count): ", \(count) of them"
        case .within(let range): ", \(range.lowerBound) to \(range.upperBound) of them"
        case .dimension: ", one per dimension"
        }
    }
}
