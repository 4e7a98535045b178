/// A described key, whatever it holds.
public protocol SchemaKey: Sendable {
    /// The description.
    var field: Field { get }
}

extension Field: SchemaKey {
    /// A field describes itself; used for tables, which are read as sections.
    public var field: Field { self }
}

/// A key with a type: description, default and conversion in one place.
public struct Key<Value: Sendable>: SchemaKey {
    /// The description.
    public var field: Field
    /// The default; for a required key a stand-in, used only where its absence is reported.
    let fallback: Value
    /// The value of a node, or nil where it does not fit.
    let decode: @Sendable (Node, Scope) -> Value?

    /// A key with a conversion of its own.
    public init(
        _ field: Field, fallback: Value, decode: @escaping @Sendable (Node, Scope) -> Value?
    ) {
        self.field = field
        self.fallback = fallback
        self.decode = decode
    }

    /// The value of a node, or nil where it does not fit.
    public func value(of node: Node, in scope: Scope) -> Value? { decode(node, scope) }

    /// The same key without a default: nil where it is absent.
    ///
    /// - Parameter otherwise: What happens then, for the reference.
    public func optional(otherwise: String? = nil) -> Key<Value?> {
        var field = field
        field.isRequired = false
        field.defaultText = otherwise
        return Key<Value?>(field, fallback: nil) { [decode] node, scope in decode(node, scope) }
    }
}

extension Key {
    /// A required key, or one with a default.
    fileprivate init(
        _ name: String, _ kind: ValueKind, unit: String?, default value: Value?, defaultText: String?,
        standIn: Value, _ summary: String, decode: @escaping @Sendable (Node, Scope) -> Value?
    ) {
        self.init(
            Field(name, kind, unit: unit, default: defaultText, isRequired: value == nil, summary),
            fallback: value ?? standIn, decode: decode)
    }
}

extension Key where Value == Double {
    /// A number.
    public static func number(
        _ name: String, _ limits: Limits = .any, default value: Double? = nil, unit: String? = nil,
        _ summary: String
    ) -> Key {
        Key(
            name, .number(limits), unit: unit, default: value, defaultText: value.map(Limits.short),
            standIn: .nan, summary
        ) { node, scope in (try? scope.number(node)).flatMap { limits.contains($0) ? $0 : nil } }
    }
}

extension Key where Value == [Double] {
    /// An array of numbers; the default, where given, is described in words.
    public static func numbers(
        _ name: String, _ limits: Limits = .any, _ length: LengthRule = .any, default value: [Double]? = nil,
        described: String? = nil, unit: String? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .list(.number(limits), length), unit: unit, default: value,
            defaultText: described ?? value.map { "\($0)" }, standIn: [], summary
        ) { node, scope in
            node.allElements { element in
                (try? scope.number(element)).flatMap { limits.contains($0) ? $0 : nil }
            }
        }
    }
}

extension Key where Value == [[Double]] {
    /// An array of arrays of numbers, such as the positions of points.
    public static func rows(
        _ name: String, columns: LengthRule, count: LengthRule = .any, unit: String? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .list(.list(.number(.any), columns), count), unit: unit, default: nil, defaultText: nil,
            standIn: [], summary
        ) { node, scope in
            node.allElements { row in row.allElements { try? scope.number($0) } }
        }
    }
}

extension Key where Value == Int {
    /// An integer.
    public static func integer(
        _ name: String, _ range: ClosedRange<Int>, default value: Int? = nil, unit: String? = nil,
        _ summary: String
    ) -> Key {
        Key(
            name, .integer(Limits(range)), unit: unit, default: value, defaultText: value.map(String.init),
            standIn: range.lowerBound, summary
        ) { node, scope in (try? scope.integer(node)).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension Key where Value == Int {
    /// One integer of a list.
    public static func integer(
        _ name: String, among values: [Int], default value: Int, _ summary: String
    ) -> Key {
        Key(
            name, .integerChoice(values), unit: nil, default: value, defaultText: "\(value)", standIn: value,
            summary
        ) { node, _ in
            if case .integer(let value) = node.value, values.contains(value) { value } else { nil }
        }
    }
}

extension Key where Value == [Int] {
    /// An array of integers.
    public static func integers(
        _ name: String, _ range: ClosedRange<Int>, _ length: LengthRule = .any, default value: [Int]? = nil,
        unit: String? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .list(.integer(Limits(range)), length), unit: unit, default: value,
            defaultText: value.map { "\($0)" }, standIn: [], summary
        ) { node, scope in
            node.allElements { element in
                (try? scope.integer(element)).flatMap { range.contains($0) ? $0 : nil }
            }
        }
    }
}

extension Key where Value == Bool {
    /// True or false.
    public static func flag(_ name: String, default value: Bool, _ summary: String) -> Key {
        Key(
            name, .boolean, unit: nil, default: value, defaultText: "\(value)", standIn: value, summary
        ) { node, _ in if case .boolean(let value) = node.value { value } else { nil } }
    }
}

extension Key where Value == String {
    /// Any text.
    public static func text(_ name: String, default value: String? = nil, _ summary: String) -> Key {
        Key(
            name, .text, unit: nil, default: value, defaultText: value.map { "\"\($0)\"" }, standIn: "",
            summary
        ) { node, _ in node.text }
    }
}

extension Key where Value == [String] {
    /// An array of words out of a list.
    public static func words(
        _ name: String, _ words: [String], default value: [String]? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .list(.choice(words), .any), unit: nil, default: value,
            defaultText: value.map { "[\(ValueKind.quotedList($0))]" }, standIn: [], summary
        ) { node, _ in
            node.allElements { element in element.text.flatMap { words.contains($0) ? $0 : nil } }
        }
    }
}

extension Key where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    public static func choice(_ name: String, default value: Value, _ summary: String) -> Key {
        Key(
            name, .choice(Value.allCases.map(\.rawValue)), unit: nil, default: value,
            defaultText: "\"\(value.rawValue)\"", standIn: value, summary
        ) { node, _ in node.text.flatMap(Value.init(rawValue:)) }
    }
}

extension Key where Value == Expression {
    /// A number or an expression.
    public static func expression(
        _ name: String, _ variables: [String], unit: String? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .expression(variables), unit: unit, default: nil, defaultText: nil,
            standIn: Expression(constant: .nan), summary
        ) { node, scope in try? scope.expression(node, variables: variables) }
    }
}

extension Key where Value == [Expression] {
    /// An array of numbers or expressions.
    public static func expressions(
        _ name: String, _ variables: [String], _ length: LengthRule, unit: String? = nil, _ summary: String
    ) -> Key {
        Key(
            name, .list(.expression(variables), length), unit: unit, default: nil, defaultText: nil,
            standIn: [], summary
        ) { node, scope in
            node.allElements { element in try? scope.expression(element, variables: variables) }
        }
    }
}

extension Limits {
    /// A range of integers, open where it reaches the end of the type.
    init(_ range: ClosedRange<Int>) {
        self.init(
            lower: range.lowerBound == .min ? nil : Double(range.lowerBound),
            upper: range.upperBound == .max ? nil : Double(range.upperBound))
    }
}

extension Node {
    /// The text of a string.
    public var text: String? {
        if case .string(let text) = value { return text }
        return nil
    }

    /// The converted elements of an array; nil where one of them cannot be converted.
    fileprivate func allElements<Element>(_ convert: (Node) -> Element?) -> [Element]? {
        guard case .array(let elements) = value else { return nil }
        let converted = elements.compactMap(convert)
        return converted.count == elements.count ? converted : nil
    }
}
