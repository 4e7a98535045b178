import Notebooks
import Schema
import Testing

@Suite("Reading notebooks")
struct ReadingTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    @Test("Cells have their verb, id, needs and line")
    func cells() throws {
        let notebook = try desk.notebook(cell("a", "1") + "Prose.\n\n" + cell("b", "2", "needs=a tier=long"))
        #expect(notebook.cells.map(\.id) == ["a", "b"])
        #expect(notebook.cells.map(\.line) == [5, 11])
        #expect(notebook.cells[1].dependencies == ["a"])
        #expect(notebook.cells[1].fence.tier == .long)
    }

    @Test("Code of other languages is no cell")
    func otherCode() throws {
        #expect(try desk.notebook("```swift\nlet a = 1\n```\n\n    echo id=a\n").cells.isEmpty)
    }

    @Test("Braces and dollars in backticks are meant literally")
    func literal() throws {
        #expect(try desk.notebook("`{{nobody.value}}` and ``a ` {{b.c}}``\n").proseReferences.isEmpty)
    }

    /// Each took a time that grows with the square of the length.
    @Test(
        "A long text is read in a time in proportion",
        arguments: ["{{", "{{a ", "` `` ", "$$ ", "$a ", "\\", "{{a.b}} ", "```\n\n"])
    func greedy(piece: String) throws {
        let text = String(repeating: piece, count: 100_000)
        #expect(throws: InvalidInput.self) { try desk.notebook("{{nobody.there}}\n\n" + text + "\n") }
    }

    @Test("A value in prose has its line and column")
    func place() throws {
        let notebook = try desk.notebook(cell("a", "1") + "One ü {{a.value:.2f}} more.\n")
        let reference = try #require(notebook.proseReferences.first)
        #expect(reference.place.line == 9)
        #expect(reference.place.column == 7)
        #expect(reference.name == "value")
    }

    @Test("A value in a body is a need")
    func need() throws {
        let notebook = try desk.notebook(cell("b", "\"{{a.value}}\"") + cell("a", "1"))
        #expect(notebook.cells[0].dependencies == ["a"])
        #expect(CellGraph(notebook).order == ["a", "b"])
    }

    @Test("Windows line ends change nothing")
    func lineEnds() throws {
        let text = "+++\r\ntitle = \"Test\"\r\n+++\r\n\r\n```echo id=a\r\nvalue = 1\r\n```\r\n"
        let notebook = try NotebookReader.read(text: text, path: "test.md", verbs: desk.verbs)
        #expect(notebook.cells.first?.line == 5)
    }

    @Test("A huge file is refused")
    func huge() throws {
        try desk.write(String(repeating: "x", count: 5 << 20), to: "huge.md")
        #expect {
            try NotebookReader.read(path: desk.path + "/huge.md", verbs: desk.verbs)
        } throws: { "\($0)".contains("has 5 MB; a notebook may have 4") }
    }

    @Test(
        "Formats of numbers",
        arguments: [(".3f", "0.123"), (".2e", "1.23e-01"), (".1%", "12.3 %"), (".2g", "0.12")])
    func formats(format: String, text: String) throws {
        let notebook = try desk.notebook(cell("a", "0.1234") + "{{a.value:\(format)}}\n")
        #expect(notebook.proseReferences.first?.format?.text(0.1234) == text)
    }
}
