/// The value of an attribute: text, a number, or a list of them.
public enum AttributeValue: Sendable, Equatable, Codable {
    case text(String)
    case integer(Int64)
    case real(Double)
    case texts([String])
    case integers([Int64])
    case reals([Double])

    /// The text, or nil for another kind of value.
    public var text: String? { if case .text(let value) = self { value } else { nil } }

    /// The integer, or nil for another kind of value.
    public var integer: Int? { if case .integer(let value) = self { Int(value) } else { nil } }

    /// The number, also where it was stored as an integer; nil for another kind of value.
    public var real: Double? {
        switch self {
        case .real(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    /// The list of texts; a single text is a list of one.
    public var texts: [String]? {
        switch self {
        case .texts(let values): values
        case .text(let value): [value]
        default: nil
        }
    }

    /// The list of numbers, of whatever kind and length; nil for texts.
    public var reals: [Double]? {
        switch self {
        case .real(let value): [value]
        case .integer(let value): [Double(value)]
        case .reals(let values): values
        case .integers(let values): values.map(Double.init)
        default: nil
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .real(value) }
}

extension AttributeValue: CustomStringConvertible {
    /// The value as a person writes it; lists in brackets.
    public var description: String {
        switch self {
        case .text(let value): value
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .texts(let values): "\(values)"
        case .integers(let values): "\(values)"
        case .reals(let values): "\(values)"
        }
    }
}
