/// A table of a document, read through typed keys.
///
/// Reading never fails: what is missing or wrong has been reported by the ``Checker``, and reads as its
/// default.
public struct Section: Sendable {
    /// The table; nil where the file does not have it.
    public let node: Node?
    /// The keys that lead here.
    public let path: [String]
    /// Constants and dimension.
    public let scope: Scope
    private let place: Place

    /// The root of a document.
    public init(_ document: Document, scope: Scope) {
        self.init(document.root, path: [], scope: scope, place: document.root.keyPlace)
    }

    private init(_ node: Node?, path: [String], scope: Scope, place: Place) {
        self.node = node
        self.path = path
        self.scope = scope
        self.place = place
    }

    /// The value of a key, or its default.
    public subscript<Value>(_ key: Key<Value>) -> Value {
        node?[key.field.name].flatMap { key.decode($0, scope) } ?? key.fallback
    }

    /// Whether a key is there.
    public func has(_ name: String) -> Bool { node?[name] != nil }

    /// The table under a key, empty where it is absent.
    public func section(_ name: String) -> Section {
        let child = node?[name]
        return Section(child, path: path + [name], scope: scope, place: child?.keyPlace ?? place)
    }

    /// The tables of an array of tables.
    public func sections(_ name: String) -> [Section] {
        (node?[name]?.elements ?? []).enumerated().map { index, element in
            Section(element, path: path + [name, "\(index)"], scope: scope, place: element.keyPlace)
        }
    }

    /// The same table with another dimension.
    public func with(dimension: Int?) -> Section {
        var scope = scope
        scope.dimension = dimension
        return Section(node, path: path, scope: scope, place: place)
    }

    /// A diagnostic about a key of this table, at its value; about the table where the key is absent or nil.
    public func diagnostic(
        _ name: String?, _ message: String, allowed: String? = nil, hint: String? = nil
    ) -> Diagnostic {
        let place = name.flatMap { node?[$0]?.valuePlace } ?? place
        let key = dotted(path + (name.map { [$0] } ?? []))
        return Diagnostic(at: place, key: key, message: message, allowed: allowed, hint: hint)
    }
}
