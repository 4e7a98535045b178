import Foundation

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

    /// What people write is far smaller than this many bytes.
    private static let largestSize = 32 << 20

    /// Reads and parses a file.
    ///
    /// - Throws: ``InvalidInput`` where the file cannot be read, is too large, is not UTF-8 or is not TOML.
    public init(path: String) throws(InvalidInput) {
        let data = try Self.bytes(path)
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
        root = try TOMLReader.read(text, file: file)
    }

    /// The text of the document as it stands: that of the file, or a new one where overrides were applied.
    public var resolvedText: String {
        guard !overrides.isEmpty else { return sourceText }
        let notes = overrides.map { "# --set \(quoted($0))\n" }.joined()
        return "# With overrides applied:\n" + notes + "\n" + TOMLWriter.text(of: root)
    }

    /// The bytes of a file, of which no more is read than is allowed: some files have no end.
    private static func bytes(_ path: String) throws(InvalidInput) -> Data {
        var data = Data()
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            while data.count <= largestSize, let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
                data += part
            }
        } catch {
            throw unreadable(path)
        }
        guard data.count <= largestSize else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: path),
                    message: "has more than \(largestSize >> 20) MB; files in TOML are written by people",
                    hint: "keep data in files of their own"))
        }
        return data
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
}
