import Foundation
import Notebooks
import Testing

@Suite("Rendering notebooks")
struct RenderingTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    /// The page of a text whose cells have been run.
    private func html(_ text: String) throws -> String {
        let notebook = try desk.notebook(text)
        _ = try desk.run(notebook)
        return try desk.page(notebook).html
    }

    @Test("The same notebook gives the same bytes")
    func stable() throws {
        let text = cell("a", "1") + "It is {{a.value:.2f}}, $x^2$.\n"
        let (first, second) = (try html(text), try html(text))
        #expect(first == second)
    }

    @Test("Values stand in prose, formatted")
    func values() throws {
        #expect(
            try html(cell("a", "0.12345") + "It is {{a.value:.2f}}.\n").contains(
                "It is <span class=\"value\">0.12</span>."))
    }

    @Test(
        "Raw HTML is shown, not obeyed",
        arguments: [
            "<script>alert(1)</script>\n", "A <b onclick=\"alert(1)\">word</b>.\n",
            "<div>\n\n<iframe src=x>\n\n</div>\n",
        ])
    func rawHTML(text: String) throws {
        let page = try html(text)
        for word in ["<script", "<b ", "<iframe", "<div>\n"] { #expect(!page.contains(word)) }
        #expect(page.contains("&lt;"))
    }

    @Test(
        "Links that run scripts are not links",
        arguments: ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
    func links(address: String) throws {
        let page = try html("[a](\(address)) and ![b](\(address))\n")
        #expect(!page.contains("\"\(address)"))
    }

    @Test("A value with markup in it is text")
    func markupInValue() throws {
        let notebook = try desk.notebook(cell("a", "1") + "In {{a.file}}.\n")
        let key = try #require(try desk.run(notebook).keys["a"])
        let entry = try #require(desk.store.entry(key.address(build: "a")))
        var view = CellView(entry: entry, warning: nil)
        view.entry?.result.files["file"] = "/<script>alert(1)</script>"
        let page = NotebookPage(notebook, views: ["a": view], footer: PageFooter(tool: "1", accepted: []))
        #expect(page.html.contains("/&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test("Characters that stand for cells inside cannot be forged")
    func tokens() throws {
        let page = try html("\u{E000}0\u{E001} `\u{E000}0\u{E001}` $x$\n")
        #expect(!page.contains("\u{E000}"))
    }

    @Test("Formulas are MathML", .enabled(if: hasKaTeX))
    func formulas() throws {
        let page = try html("Inline $a_1 + b_2$ and\n\n$$\\frac{a}{b}\n= c$$\n")
        #expect(page.contains("<msub><mi>a</mi><mn>1</mn></msub>"))
        #expect(page.contains("display=\"block\""))
        #expect(page.contains("<mfrac>"))
    }

    @Test("Prices are no formulas")
    func prices() throws { #expect(try html("From $5 to $6.\n").contains("From $5 to $6.")) }

    @Test("A formula that is none is a problem with its place", .enabled(if: hasKaTeX))
    func badFormula() throws {
        let page = try desk.page(try desk.notebook("One $\\nothing{x}$ two.\n"))
        #expect(page.problems.first?.line == 5)
        #expect(page.problems.first?.column == 5)
        #expect(page.html.contains("<code>\\nothing{x}</code>"))
    }

    @Test("A cell that was not computed carries a banner")
    func banner() throws {
        let notebook = try desk.notebook(cell("a", "1") + "It is {{a.value}}.\n")
        let page = try desk.page(notebook)
        #expect(page.html.contains("Not computed yet."))
        #expect(page.html.contains("<span class=\"missing\">a.value</span>"))
    }

    @Test("A result of an older question carries a banner that names the change")
    func staleBanner() throws {
        let before = try desk.notebook(cell("a", "1"))
        let lock = before.accepting(try desk.run(before), over: LockFile())
        let after = try desk.notebook(cell("a", "2"))
        let views = CellView.views(
            of: after, keys: try desk.keys(after), store: desk.store, environment: desk.environment,
            lock: lock)
        #expect(views["a"]?.warning == "Stale: changed since this was computed: body.value.")
        #expect(views["a"]?.entry != nil)
    }

    @Test(
        "No picture from outside of the notebook's folder is embedded, however its address is written",
        arguments: [
            "ABSOLUTE", "..%2F..%2Fdot.png", "%2e%2e/dot.png", "../dot.png", "link.png", "linked/dot.png",
            "./../dot.png", "dot.png%00.png",
        ])
    func outside(address: String) throws {
        let files = FileManager.default
        let (outside, inside) = (desk.path + "/outside", desk.path + "/outside/inside")
        try files.createDirectory(atPath: inside, withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: URL(fileURLWithPath: outside + "/dot.png"))
        try files.createSymbolicLink(atPath: inside + "/link.png", withDestinationPath: "../dot.png")
        try files.createSymbolicLink(atPath: inside + "/linked", withDestinationPath: "..")
        let address = address.replacing("ABSOLUTE", with: (outside + "/dot.png").replacing("/", with: "%2F"))
        let notebook = try NotebookReader.read(
            text: "+++\ntitle = \"T\"\n+++\n\n![a](\(address))\n", path: inside + "/n.md", verbs: desk.verbs)
        let page = NotebookPage(notebook, views: [:], footer: PageFooter(tool: "0", accepted: []))
        #expect(!page.html.contains("data:image"))
        #expect(page.problems.count == 1)
    }

    @Test("A picture that is shown twice is there once")
    func pictures() throws {
        let png = Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        try #require(png).write(to: URL(fileURLWithPath: desk.path + "/dot.png"))
        let page = try html("![one *dot*](dot.png) ![again](dot.png)\n")
        #expect(page.components(separatedBy: "data:image/png").count == 2)
        #expect(page.components(separatedBy: "<img ").count == 3)
    }

    @Test(
        "The page asks for nothing from elsewhere",
        arguments: ["![a](http://example.org/a.png)\n", "![a](/etc/a.png)\n"])
    func remote(text: String) throws {
        let page = try html(text)
        #expect(!page.contains("<img"))
        #expect(!page.contains("src="))
    }

    static let hasKaTeX =
        FileManager.default.fileExists(atPath: "/usr/share/javascript/katex/katex.js")
        || FileManager.default.fileExists(atPath: "/usr/share/javascript/katex/katex.min.js")
}

@Suite("Formatting notebooks")
struct FormattingTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    private func formatted(_ text: String) throws -> String {
        try desk.write(text, to: "f.md")
        return try NotebookFormatter.format(path: desk.path + "/f.md", verbs: desk.verbs).new
    }

    private static let messy =
        "+++\n\ntitle=\"T\"   # named\n+++\nProse  \nmore.\n```echo   needs=b  id=a\n\nvalue=1  \n# c\n```\n"
        + "```echo id=b\nvalue = 2\n```\n\n\n\nEnd.\n\n\n"

    @Test("Front matter, fences and bodies come into form; prose stays")
    func form() throws {
        #expect(
            try formatted(Self.messy)
                == "+++\ntitle = \"T\"   # named\n+++\n\nProse  \nmore.\n\n```echo id=a needs=b\nvalue = 1\n# c\n```\n\n"
                + "```echo id=b\nvalue = 2\n```\n\nEnd.\n")
    }

    @Test("Formatting twice is formatting once")
    func idempotent() throws {
        let once = try formatted(Self.messy)
        let twice = try formatted(once)
        #expect(twice == once)
    }

    @Test("What a body says does not change")
    func meaning() throws {
        let text = "+++\ntitle = \"T\"\n+++\n\n```echo id=a\nvalue = 1\nfile = '''\na=b\n'''\n```\n"
        #expect(try formatted(text) == text)
    }
}
