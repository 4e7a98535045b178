import Foundation
import TOMLKit

/// A TOML file as a tree of values, each with its place in the text.
public struct Document: Sendable {
    /// The name of the file, as it appears in messages.
    public let file: String
    /// The text of the file.
    public let sourceText: String
    /// The root table.
    public internal(set) var root: Node
    /// The overrides that were applied.
    public internal(set) var overrides: [String] = []

    /// Reads and parses a file.
    ///
    /// - Throws: ``InvalidInput`` where the file cannot be read, is not UTF-8 or is not TOML.
    public init(path: String) throws(InvalidInput) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Self.unreadable(path)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: path), message: "is not a text file in UTF-8",
                    hint: "save the file as UTF-8 text"))
        }
        try self.init(text: text, file: path)
    }

    /// Parses a text.
    ///
    /// - Parameters:
    ///   - text: A TOML document.
    ///   - file: The name that messages give to it.
    /// - Throws: ``InvalidInput`` with the place of the syntax error.
    public init(text: String, file: String) throws(InvalidInput) {
        self.file = file
        sourceText = text
        let table: TOMLTable
        do {
            // The parser takes a C string and would end at this character without a word.
            if let place = Self.place(ofNullIn: text, file: file) {
                throw InvalidInput(
                    Diagnostic(at: place, message: "TOML syntax: a null character is not allowed"))
            }
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let begin = error.source.begin
            let place = Place(file: file, line: begin.line, column: begin.column)
            throw InvalidInput(Diagnostic(at: place, message: "TOML syntax: \(error.description)"))
        } catch {
            throw error as? InvalidInput
                ?? InvalidInput(Diagnostic(at: Place(file: file), message: "TOML syntax: \(error)"))
        }
        let locations = KeyScanner.locations(in: text, file: file)
        let start = Place(file: file, line: 1, column: 1)
        root = TreeBuilder(locations: locations, fallback: start).node(table, path: [])
    }

    /// The text of the document as it stands: that of the file, or a new one where overrides were applied.
    public var resolvedText: String {
        guard !overrides.isEmpty else { return sourceText }
        let notes = overrides.map { "# --set \(quoted($0))\n" }.joined()
        return "# With overrides applied:\n" + notes + "\n" + TOMLWriter.text(of: root)
    }

    private static func unreadable(_ path: String) -> InvalidInput {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let place = Place(file: path)
        if !exists {
            return InvalidInput(
                Diagnostic(
                    at: place, message: "no such file", hint: "check the path and the folder you are in"))
        }
        if isFolder.boolValue {
            return InvalidInput(Diagnostic(at: place, message: "is a folder; a TOML file is expected"))
        }
        return InvalidInput(
            Diagnostic(at: place, message: "cannot be read", hint: "check the permissions of the file"))
    }

    private static func place(ofNullIn text: String, file: String) -> Place? {
        guard let index = text.unicodeScalars.firstIndex(of: "\0") else { return nil }
        let before = text.unicodeScalars[..<index]
        let line = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        return Place(file: file, line: line, column: column)
    }
}

/// Turns the library's values into nodes with places, in the order of the text.
struct TreeBuilder {
    let locations: [[String]: KeyScanner.Location]
    /// The place of what has no location.
    let fallback: Place

    /// The node of a value and everything in it.
    func node(_ source: any TOMLValueConvertible, path: [String]) -> Node {
        let location = locations[path]
        return Node(
            value(source, path: path), key: location?.key ?? fallback, value: location?.value ?? fallback,
            content: location?.content)
    }

    private func value(_ source: any TOMLValueConvertible, path: [String]) -> Node.Value {
        if let text = source.string { return .string(text) }
        if let number = source.int { return .integer(number) }
        if let number = source.double { return .number(number) }
        if let flag = source.bool { return .boolean(flag) }
        if let array = source.array {
            return .array(array.enumerated().map { node($0.element, path: path + [String($0.offset)]) })
        }
        guard let table = source.table else { return .date(source.debugDescription) }
        let entries = table.keys.compactMap { key in
            table[key].map { Node.Entry(key: key, node: node($0, path: path + [key])) }
        }
        return .table(entries.sorted { isBefore($0.node.keyPlace, $1.node.keyPlace) })
    }

    private func isBefore(_ first: Place, _ second: Place) -> Bool {
        (first.line ?? 0, first.column ?? 0) < (second.line ?? 0, second.column ?? 0)
    }
}
