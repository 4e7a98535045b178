import Foundation
import Schema

/// The lines of a notebook, and where its front matter ends.
struct SourceText {
    /// A notebook is prose that people read: more than this is a mistake.
    static let maximumBytes = 4 << 20

    let path: String
    let text: String
    /// Without their ends.
    let lines: [String]
    /// The index of the closing `+++`.
    let frontMatterEnd: Int

    /// Reads a file. Throws `InvalidInput` where it is no text, too large, or has no front matter.
    init(path: String) throws(InvalidInput) {
        func refuse(_ message: String, _ hint: String? = nil) -> InvalidInput {
            InvalidInput(Diagnostic(at: Place(file: path), message: message, hint: hint))
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes else {
            throw refuse("no such file", "check the path, or begin one: hugoniot notebook new \(path)")
        }
        guard attributes[.type] as? FileAttributeType != .typeDirectory else {
            throw refuse("is a folder; a notebook is a Markdown file", "name the .md file in it")
        }
        if let size = attributes[.size] as? Int, size > Self.maximumBytes {
            throw refuse(
                "has \(size / (1 << 20)) MB; a notebook may have \(Self.maximumBytes >> 20)",
                "keep data in files of their own, and read them in cells")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw refuse("cannot be read", "check the permissions of the file")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw refuse("is not a text file in UTF-8", "save the file as UTF-8 text")
        }
        try self.init(text: text, path: path)
    }

    /// Splits a text into lines. Throws `InvalidInput` where front matter is missing or does not end.
    init(text: String, path: String) throws(InvalidInput) {
        self.path = path
        self.text = text.replacing("\r\n", with: "\n")
        let lines = self.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.first?.trimmingEnd == "+++" else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: path, line: 1, column: 1), message: "the notebook has no front matter",
                    allowed: "a first line +++, TOML with at least a title, and a line +++",
                    hint: "see hugoniot notebook new"))
        }
        guard let end = lines.indices.dropFirst().first(where: { lines[$0].trimmingEnd == "+++" }) else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: path, line: 1, column: 1), message: "the front matter does not end",
                    hint: "close it with a line +++"))
        }
        (self.lines, frontMatterEnd) = (lines, end)
    }

    /// The front matter as TOML, with the places of the notebook.
    func frontMatter() throws(InvalidInput) -> FrontMatter {
        let toml = "\n" + lines[1..<frontMatterEnd].joined(separator: "\n")
        return try FrontMatter(Document(text: toml, file: path))
    }

    /// The text with empty lines for the front matter, so that line numbers stay.
    var markdown: String {
        String(repeating: "\n", count: frontMatterEnd + 1)
            + lines[(frontMatterEnd + 1)...].joined(separator: "\n")
    }
}

extension String {
    /// Without blanks at its end.
    var trimmingEnd: String { String(reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
}
