/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) in one pass, in time proportional to the text, and remembers where every
/// key and value stands.
struct TOMLReader {
    /// Keys and brackets around a value; files that people write need a handful. What walks a tree may call itself so
    /// often.
    static let greatestDepth = 100

    private var text: TOMLText
    private let root: OpenTable
    /// The table of the last header.
    private var open: OpenTable
    private var depth = 0

    private init(_ source: String, file: String) {
        text = TOMLText(source, file: file)
        root = OpenTable(.header, at: text.place)
        open = root
    }

    /// The tree of a text.
    ///
    /// - Throws: ``InvalidInput`` with the place of the first character that is wrong.
    static func read(_ source: String, file: String) throws(InvalidInput) -> Node {
        var reader = TOMLReader(source, file: file)
        try reader.readDocument()
        return reader.root.node()
    }

    private mutating func readDocument() throws(InvalidInput) {
        try text.skipBlank()
        while let next = text.current {
            if next == UInt8(ascii: "[") { try readHeader() } else { try readPair(in: open) }
            try text.endLine()
            try text.skipBlank()
        }
    }

    // MARK: Headers

    /// `[a.b]` or `[[a.b]]`.
    private mutating func readHeader() throws(InvalidInput) {
        text.advance()
        let isElement = text.current == UInt8(ascii: "[")
        if isElement { text.advance() }
        let keys = try readKeys()
        for _ in 0..<(isElement ? 2 : 1) {
            try text.expect("]", "a header ends in \(isElement ? "]]" : "]")")
        }
        depth = keys.count
        guard let last = keys.last else { return }
        var table = root
        for key in keys.dropLast() { table = try table.enter(key, by: .superTable) }
        open = isElement ? try table.append(last) : try table.open(last)
    }

    private mutating func readKeys() throws(InvalidInput) -> [TOMLKey] {
        var keys: [TOMLKey] = []
        repeat {
            if !keys.isEmpty { text.advance() }
            text.skipSpaces()
            guard keys.count < Self.greatestDepth else {
                throw text.mistake("a key has more than \(Self.greatestDepth) parts")
            }
            let place = text.place
            keys.append(TOMLKey(name: try text.readKey(), place: place))
            text.skipSpaces()
        } while text.current == UInt8(ascii: ".")
        return keys
    }

    // MARK: Values

    private mutating func readPair(in table: OpenTable) throws(InvalidInput) {
        let keys = try readKeys()
        try text.expect("=", "an equals sign follows a key")
        text.skipSpaces()
        guard let last = keys.last else { return }
        var table = table
        for key in keys.dropLast() { table = try table.enter(key, by: .dotted) }
        try table.requireRoom(for: last)
        depth += keys.count
        let value = try readValue(key: last.place)
        depth -= keys.count
        table.set(last, value)
    }

    /// - Parameter key: Where its key stands; nil: it has none, and stands itself there.
    private mutating func readValue(key: Place?) throws(InvalidInput) -> Node {
        let place = text.place
        guard depth < Self.greatestDepth else {
            throw text.mistake("this is nested more than \(Self.greatestDepth) deep")
        }
        switch text.current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let string = try text.readString()
            return Node(.string(string.text), key: key ?? place, value: place, content: string.content)
        case UInt8(ascii: "["):
            return Node(.array(try readArray()), key: key ?? place, value: place)
        case UInt8(ascii: "{"):
            return Node(.table(try readInlineTable(at: place)), key: key ?? place, value: place)
        default:
            return Node(try text.readPlainValue(), key: key ?? place, value: place)
        }
    }

    private mutating func readArray() throws(InvalidInput) -> [Node] {
        text.advance()
        depth += 1
        defer { depth -= 1 }
        var elements: [Node] = []
        try text.skipBlank()
        while text.current != UInt8(ascii: "]") {
            elements.append(try readValue(key: nil))
            let behind = text
            try text.skipBlank()
            guard text.current == UInt8(ascii: ",") else {
                guard text.current == UInt8(ascii: "]") else {
                    throw behind.failure("a comma or ] follows a value of an array")
                }
                break
            }
            text.advance()
            try text.skipBlank()
        }
        text.advance()
        return elements
    }

    private mutating func readInlineTable(at place: Place) throws(InvalidInput) -> [Node.Entry] {
        text.advance()
        depth += 1
        defer { depth -= 1 }
        let table = OpenTable(.dotted, at: place)
        text.skipSpaces()
        if text.current != UInt8(ascii: "}") {
            try readPair(in: table)
            text.skipSpaces()
            while text.current == UInt8(ascii: ",") {
                text.advance()
                text.skipSpaces()
                try readPair(in: table)
                text.skipSpaces()
            }
        }
        try text.expect("}", "a comma or } follows a value of a table in one line")
        return table.node().entries
    }
}

/// A part of a key, and where it stands.
struct TOMLKey {
    let name: String
    let place: Place
}

/// A table that may still grow.
private final class OpenTable {
    /// What made it, which decides what may still be added.
    enum Origin {
        /// A header of its own.
        case header
        /// The header of a table in it; one of its own may follow.
        case superTable
        /// A dotted key.
        case dotted
    }

    private enum Item {
        case value(Node)
        case table(OpenTable)
        case elements(OpenElements)
    }

    private var origin: Origin
    private let place: Place
    private var entries: [(key: String, item: Item)] = []
    private var indices: [String: Int] = [:]

    init(_ origin: Origin, at place: Place) { (self.origin, self.place) = (origin, place) }

    /// The table that a part of a key leads to, made where there is none.
    func enter(_ key: TOMLKey, by origin: Origin) throws(InvalidInput) -> OpenTable {
        switch item(key) {
        case nil: return added(key, origin)
        case .table(let table):
            if origin == .dotted {
                guard table.origin != .header else {
                    throw refusal(key, "is a table with a header of its own: write this below that header")
                }
                table.origin = .dotted
            }
            return table
        case .elements(let elements):
            guard origin == .superTable, let last = elements.tables.last else {
                throw refusal(key, "is a list of tables with headers")
            }
            return last
        case .value: throw refusal(key, "has a value already; nothing can be added to it")
        }
    }

    /// The table of a header.
    func open(_ key: TOMLKey) throws(InvalidInput) -> OpenTable {
        switch item(key) {
        case nil: return added(key, .header)
        case .table(let table) where table.origin == .superTable:
            table.origin = .header
            return table
        default: throw refusal(key, "is there already")
        }
    }

    /// The table of a header in double brackets.
    func append(_ key: TOMLKey) throws(InvalidInput) -> OpenTable {
        let table = OpenTable(.header, at: key.place)
        switch item(key) {
        case nil: add(key.name, .elements(OpenElements(table, at: key.place)))
        case .elements(let elements): elements.tables.append(table)
        default: throw refusal(key, "is there already, and is no list of tables with headers")
        }
        return table
    }

    /// Throws where the key has a value.
    func requireRoom(for key: TOMLKey) throws(InvalidInput) {
        if item(key) != nil { throw refusal(key, "is there already") }
    }

    func set(_ key: TOMLKey, _ value: Node) { add(key.name, .value(value)) }

    /// The table as it is now. Keys stand in the order of the text.
    func node() -> Node {
        let entries = self.entries.map { key, item in
            switch item {
            case .value(let node): Node.Entry(key: key, node: node)
            case .table(let table): Node.Entry(key: key, node: table.node())
            case .elements(let elements):
                Node.Entry(
                    key: key, node: Node(.array(elements.tables.map { $0.node() }), key: elements.place))
            }
        }
        return Node(.table(entries), key: place)
    }

    private func item(_ key: TOMLKey) -> Item? { indices[key.name].map { entries[$0].item } }

    private func added(_ key: TOMLKey, _ origin: Origin) -> OpenTable {
        let table = OpenTable(origin, at: key.place)
        add(key.name, .table(table))
        return table
    }

    private func add(_ key: String, _ item: Item) {
        indices[key] = entries.count
        entries.append((key, item))
    }

    private func refusal(_ key: TOMLKey, _ what: String) -> InvalidInput {
        InvalidInput(
            Diagnostic(at: key.place, message: "TOML syntax: the key \(dotted([key.name])) \(what)"))
    }
}

/// The tables of headers in double brackets.
private final class OpenElements {
    let place: Place
    var tables: [OpenTable]

    init(_ first: OpenTable, at place: Place) { (tables, self.place) = ([first], place) }
}
