import Foundation
import Notebooks
import Pipeline
import Testing

@Suite("Broken notebooks")
struct BrokenNotebookTests {
    static let folder = PackageDescription.root.path + "/Notebooks/broken"

    /// The example, and how its message begins: line, column, what.
    static let examples: [(name: String, message: String)] = [
        ("no-front-matter", "1:1: the notebook has no front matter"),
        ("open-front-matter", "1:1: the front matter does not end"),
        ("front-matter-syntax", "2:22: TOML syntax:"),
        ("front-matter-key", "3:1: budgett: unknown key"),
        ("front-matter-missing-title", "1:1: title: missing key"),
        ("unknown-verb", "5:4: there is no verb \"rum\""),
        ("missing-id", "5:4: a cell needs an id"),
        ("bad-id", "5:14: \"1st\" is no id"),
        ("unknown-attribute", "5:16: unknown attribute \"need\""),
        ("duplicate-id", "9:14: the id \"a\" is taken by the cell in line 5"),
        ("unknown-need", "9:27: there is no cell \"frist\""),
        ("unknown-id-in-prose", "5:9: there is no cell \"flow\""),
        ("unknown-id-in-cell", "6:10: there is no cell \"flow\""),
        ("cycle", "10:10: the cells need each other: a → b → a"),
        ("body-syntax", "6:16: TOML syntax:"),
        ("body-key", "5:4: that: missing key"),
        ("body-type", "7:13: contours: unknown name \"many\""),
        ("open-cell", "5:1: the cell \"a\" does not end"),
        ("open-value", "5:9: {{ without }}"),
        ("bad-format", "9:11: \".3q\" is no number format"),
        ("nested-cell", "7:6: a cell begins at the start of a line"),
    ]

    @Test("The message has line, column and what is wrong", arguments: examples)
    func message(name: String, message: String) throws {
        let path = "\(Self.folder)/\(name).md"
        #expect {
            try NotebookReader.read(path: path, verbs: NotebookVerbs.all)
        } throws: { "\($0)".hasPrefix("\(path):\(message)") }
    }

    @Test("A missing file is told before anything runs")
    func missingFile() throws {
        let path = Self.folder + "/missing-file.md"
        let result = try Tool.run("notebook", "run", path)
        #expect(result.code == 2)
        #expect(result.errors.hasPrefix("error: \(path):6:8: case: there is no file nowhere.toml"))
    }

    @Test("A value that a cell does not have fails the cell, with its place")
    func noValue() throws {
        let path = Self.folder + "/no-value.md"
        let result = try Tool.run("notebook", "run", path)
        #expect(result.code == 1)
        #expect(result.output.contains("\(path):10:10: the cell \"a\" has no value \"check\""))
    }

    @Test("Every example is in the list")
    func complete() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        let listed = Self.examples.map { "\($0.name).md" } + ["missing-file.md", "no-value.md"]
        #expect(Set(names) == Set(listed))
    }
}
