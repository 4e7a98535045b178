/// One `--set key=value`.
struct Override {
    let text: String
    let path: [String]
    let value: Node

    /// How messages name it.
    static func place(_ text: String) -> Place { Place(file: "--set \(text)") }

    /// Splits `key=value`; a value that is no TOML is taken as a string.
    init(_ text: String) throws(InvalidInput) {
        self.text = text
        let place = Self.place(text)
        guard let (key, value) = Self.split(text), let path = Self.path(key) else {
            throw InvalidInput(
                Diagnostic(
                    at: place, message: "is not of the form key=value",
                    hint: "for example --set gas.gamma=1.67 or --set domain.cells=[64,64]"))
        }
        self.path = path
        self.value = Self.value(value, place: place)
    }

    /// The first equals sign outside of quotes divides key and value.
    private static func split(_ text: String) -> (key: String, value: String)? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "=" {
                return (String(text[..<index]), String(text[text.index(after: index)...]))
            }
        }
        return nil
    }

    /// The keys of a dotted path, quotes removed.
    private static func path(_ key: String) -> [String]? {
        var parts: [String] = [""]
        var quote: Character?
        for character in key.trimmed {
            if let open = quote {
                if character == open { quote = nil } else { parts[parts.count - 1].append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "." {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        parts = parts.map(\.trimmed)
        return quote == nil && !parts.contains("") ? parts : nil
    }

    private static func value(_ text: String, place: Place) -> Node {
        guard let table = try? TOMLReader.read("value = \(text)", file: ""), table.entries.count == 1,
            let node = table["value"]
        else { return Node(.string(text.trimmed), key: place) }
        if case .date = node.value { return Node(.string(text.trimmed), key: place) }
        return node.moved(to: place)
    }
}

extension Document {
    /// The document with `--set key=value` overrides applied, in their order.
    ///
    /// Keys are dotted paths; an index selects an element of an array (`probe.0.name=wake`). Tables on the
    /// way are created where they are missing.
    /// - Returns: The document, and a diagnostic for each override that could not be applied.
    public func applying(_ overrides: [String]) -> (document: Document, diagnostics: [Diagnostic]) {
        var document = self
        var diagnostics: [Diagnostic] = []
        for text in overrides {
            do throws(InvalidInput) {
                let change = try Override(text)
                document.root = try document.root.setting(change.value, at: change.path[...], of: change)
                document.overrides.append(text)
            } catch {
                diagnostics += error.diagnostics
            }
        }
        return (document, diagnostics)
    }
}

extension Node {
    /// This node and all in it, with one place for all.
    fileprivate func moved(to place: Place) -> Node {
        switch value {
        case .array(let elements): Node(.array(elements.map { $0.moved(to: place) }), key: place)
        case .table(let entries):
            Node(.table(entries.map { Entry(key: $0.key, node: $0.node.moved(to: place)) }), key: place)
        default: Node(value, key: place)
        }
    }

    /// This node with the value at a path replaced.
    fileprivate func setting(
        _ node: Node, at path: ArraySlice<String>, of change: Override
    ) throws(InvalidInput) -> Node {
        guard let key = path.first else { return node }
        var result = self
        switch value {
        case .table(var entries):
            let index = entries.firstIndex { $0.key == key }
            let existing = index.map { entries[$0].node }
            let child = existing ?? Node(.table([]), key: Override.place(change.text))
            let replaced = Entry(key: key, node: try child.setting(node, at: path.dropFirst(), of: change))
            if let index { entries[index] = replaced } else { entries.append(replaced) }
            result.value = .table(entries)
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index) else {
                throw change.failure(before: path, "has no element \(key)", elements.count)
            }
            elements[index] = try elements[index].setting(node, at: path.dropFirst(), of: change)
            result.value = .array(elements)
        default:
            throw change.failure(before: path, "is \(description), not a table")
        }
        return result
    }
}

extension Override {
    fileprivate func failure(before rest: ArraySlice<String>, _ message: String, _ count: Int? = nil)
        -> InvalidInput
    {
        let holder = dotted(Array(path.dropLast(rest.count)))
        let allowed = count.map { $0 == 0 ? "none, it is empty" : "indices 0 to \($0 - 1)" }
        return InvalidInput(
            Diagnostic(
                at: Self.place(text), key: dotted(path), message: "\(holder) \(message)", allowed: allowed))
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
