/// A value of a document with the places of its key and of itself.
public struct Node: Sendable, Equatable {
    /// What a node holds.
    public enum Value: Sendable, Equatable {
        case string(String)
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        /// A date or time, as text.
        case date(String)
        case array([Node])
        /// In the order of the text.
        case table([Entry])
    }

    /// A key of a table and what it holds.
    public struct Entry: Sendable, Equatable {
        /// The key, without quotes.
        public var key: String
        /// Its value.
        public var node: Node
    }

    /// What it holds.
    public var value: Value
    /// Where its key stands (for an entry of an array: where the value starts).
    public var keyPlace: Place
    /// Where its value starts.
    public var valuePlace: Place
    /// Where the content of a string starts, if columns within the string are columns of the text.
    public var contentPlace: Place?

    init(_ value: Value, key keyPlace: Place, value valuePlace: Place? = nil, content: Place? = nil) {
        self.value = value
        self.keyPlace = keyPlace
        self.valuePlace = valuePlace ?? keyPlace
        contentPlace = content
    }

    /// The entries of a table; none where it is no table.
    public var entries: [Entry] {
        if case .table(let entries) = value { return entries }
        return []
    }

    /// The elements of an array; none where it is no array.
    public var elements: [Node] {
        if case .array(let elements) = value { return elements }
        return []
    }

    /// The entry of a table with this key.
    public subscript(key: String) -> Node? {
        entries.first { $0.key == key }?.node
    }

    /// What this is, for messages: `the string "abc"`.
    public var description: String {
        switch value {
        case .string(let text): "the string \"\(text)\""
        case .integer(let value): "the integer \(value)"
        case .number(let value): "the number \(value)"
        case .boolean(let value): "\(value)"
        case .date: "a date or time"
        case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
        case .table: "a table"
        }
    }
}

/// The dotted form of a path, with quotes where a key needs them; it is what `--set` accepts.
public func dotted(_ path: [String]) -> String {
    path.map { isBareKey($0) ? $0 : quoted($0) }.joined(separator: ".")
}

/// Whether TOML allows the key without quotes.
func isBareKey(_ key: String) -> Bool {
    !key.isEmpty
        && key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
}
