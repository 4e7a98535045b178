/// The value of an attribute: text, a number, or a list of them.
public enum AttributeValue: Sendable, Equatable {
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

/// In JSON a value stands plainly: a text, a number or a list.
extension AttributeValue: Codable {
    /// Reads a plain value. Throws `DecodingError` for objects, mixed lists and null.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .real(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let values = try? container.decode([Int64].self) {
            self = .integers(values)
        } else if let values = try? container.decode([Double].self) {
            self = .reals(values)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    /// Writes a plain value. Throws `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .real(let value): try container.encode(value)
        case .texts(let values): try container.encode(values)
        case .integers(let values): try container.encode(values)
        case .reals(let values): try container.encode(values)
        }
    }
}
