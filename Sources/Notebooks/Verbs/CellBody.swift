import Foundation
import Schema

/// The body of a cell, read through the keys of its verb.
public struct CellBody: Sendable {
    /// The table.
    public let section: Section
    /// The body with its places.
    public let document: Document
    /// The folder that relative paths start from.
    public let root: String

    init(_ document: Document, root: String) {
        self.document = document
        self.root = root
        section = Section(document, scope: Scope())
    }

    /// The value of a key, or its default.
    public subscript<Value>(_ key: Key<Value>) -> Value { section[key] }

    /// The path under a key, from the root of the notebook; nil where the key is absent.
    public func path(_ name: String) -> String? {
        document.root[name]?.text.map { FilePath.resolve($0, from: root) }
    }

    /// The path of a file that has to be there before any cell runs; nil where the key is absent, or its value comes
    /// from a cell. Throws `InvalidInput` where there is no such file.
    public func existingFile(_ name: String) throws(InvalidInput) -> String? {
        guard let node = document.root[name], let text = node.text, !Self.hasReference(text) else {
            return nil
        }
        let path = FilePath.resolve(text, from: root)
        guard FilePath.isFile(path) else {
            throw InvalidInput(
                Diagnostic(
                    at: node.valuePlace, key: name, message: "there is no file \(text)",
                    hint: "paths start from \(root)"))
        }
        return path
    }

    /// Every value of a document as text, by its dotted path, in the order of the paths: what it says, whatever its
    /// comments, order and layout.
    static func leaves(of document: Document) -> [(name: String, value: String)] {
        var found: [(String, String)] = []
        func visit(_ node: Node, _ path: [String]) {
            switch node.value {
            case .table(let entries):
                if entries.isEmpty, !path.isEmpty { found.append((dotted(path), "{}")) }
                for entry in entries { visit(entry.node, path + [entry.key]) }
            case .array(let elements) where elements.contains { !$0.entries.isEmpty }:
                for (index, element) in elements.enumerated() { visit(element, path + ["\(index)"]) }
            default: found.append((dotted(path), inline(node)))
            }
        }
        visit(document.root, [])
        return found.sorted { $0.0 < $1.0 }.map { (name: $0.0, value: $0.1) }
    }

    private static func inline(_ node: Node) -> String { TOMLWriter.inline(node) }

    /// All strings of a tree.
    static func strings(of node: Node) -> [(node: Node, text: String)] {
        switch node.value {
        case .string(let text): [(node, text)]
        case .array(let elements): elements.flatMap { strings(of: $0) }
        case .table(let entries): entries.flatMap { strings(of: $0.node) }
        default: []
        }
    }

    static func hasReference(_ text: String) -> Bool { text.contains("{{") }

    /// What is wrong with a body, as far as it can be told before the values of other cells are known.
    static func problems(of document: Document, schema: TableSchema) -> [Diagnostic] {
        var checker = Checker(schema, scope: Scope())
        checker.check(document)
        let open = strings(of: document.root).filter { hasReference($0.text) }
        return checker.diagnostics.filter { problem in
            problem.message.hasPrefix("unknown key")
                || !open.contains { covers($0.node, $0.text, problem.place) }
        }
    }

    /// Whether a place is within a string.
    private static func covers(_ node: Node, _ text: String, _ place: Place) -> Bool {
        guard let start = node.valuePlace.column, let column = place.column,
            node.valuePlace.line == place.line
        else { return false }
        return (start...start + text.unicodeScalars.count + 2).contains(column)
    }

    /// The body with the values of other cells in their places.
    ///
    /// - Throws: `InvalidInput` where a cell has no such value, or what comes out does not fit the verb.
    static func resolved(_ cell: Cell, schema: TableSchema, results: [String: CellResult]) throws -> Document
    {
        let document = try cell.body.replacingStrings { node, text in
            try hasReference(text) ? value(of: node, text, results) : nil
        }
        var checker = Checker(schema, scope: Scope())
        checker.check(document)
        guard checker.diagnostics.isEmpty else { throw InvalidInput(checker.diagnostics) }
        return document
    }

    /// A string that is one reference takes the value's own type; within longer strings values become text.
    private static func value(of node: Node, _ text: String, _ results: [String: CellResult]) throws
        -> Node.Value
    {
        let place = node.contentPlace ?? node.valuePlace
        let found = try ValueReference.all(in: text, at: place, isExact: node.contentPlace != nil)
        if found.count == 1, found[0].range == text.startIndex..<text.endIndex,
            found[0].reference.format == nil
        {
            switch try found[0].reference.value(in: results) {
            case .integer(let value): return .integer(value)
            case .number(let value): return .number(value)
            case .text(let value): return .string(value)
            case .boolean(let value): return .boolean(value)
            }
        }
        var result = ""
        var position = text.startIndex
        for (reference, range) in found {
            result += text[position..<range.lowerBound]
            result += try reference.value(in: results).exactText(reference.format)
            position = range.upperBound
        }
        return .string(result + text[position...])
    }
}

extension ValueReference {
    /// The value in the results of the cells. Throws `InvalidInput` where there is none of this name.
    func value(in results: [String: CellResult]) throws(InvalidInput) -> CellValue {
        guard let result = results[cell] else {
            throw InvalidInput(Diagnostic(at: place, message: "the cell \"\(cell)\" has no result"))
        }
        if let value = result.value(name) { return value }
        let names = result.names
        let guess = Spelling.closest(to: name, among: names)
        throw InvalidInput(
            Diagnostic(
                at: place, message: "the cell \"\(cell)\" has no value \"\(name)\"",
                allowed: names.isEmpty ? "none" : names.joined(separator: ", "),
                hint: guess.map { "did you mean \"\($0)\"?" }))
    }
}
