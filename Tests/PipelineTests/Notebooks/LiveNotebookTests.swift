import Foundation
import Notebooks
import Pipeline
import Serving
import Testing

@Suite("A notebook that is served")
struct LiveNotebookTests {
    let place: Workplace
    let console = Console(Console.Manner(json: false, quiet: true))

    init() throws {
        place = try Workplace()
        try write("1 + 1 == 2")
    }

    private func write(_ claim: String, verb: String = "assert") throws {
        _ = try place.write(
            "+++\ntitle = \"Test\"\n+++\n\nText.\n\n```\(verb) id=a\nthat = [\"\(claim)\"]\n```\n", as: "n.md"
        )
    }

    private func open() throws -> LiveNotebook {
        try LiveNotebook(place.file("n.md"), store: place.file("store"))
    }

    private func text(_ live: LiveNotebook, _ path: String) throws -> String {
        let route = try #require(live.routes.first { $0.path == path })
        guard case .data(let data) = try route.answer(to: Request(path: path)).content else {
            return ""
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Long enough for the file to be looked at.
    private func wait(_ live: LiveNotebook, _ options: NotebookRunner.Options? = .init()) {
        for _ in 0..<3 { live.tick(options, console) }
    }

    @Test("is computed, and the page loads its script from the server only")
    func computes() throws {
        let live = try open()
        #expect(try text(live, "").contains("Not computed yet"))
        wait(live)
        let page = try text(live, "")
        #expect(!page.contains("Not computed yet"))
        #expect(page.contains("<script src=\"live.js\" defer>") && page.contains("script-src 'self'"))
        #expect(try text(live, "status").isEmpty)
        #expect(try text(live, "live.js").contains("EventSource"))
    }

    @Test("shows what is wrong with it, and goes on when that is mended")
    func mistakes() throws {
        let live = try open()
        wait(live)
        try write("1 + 1 == 2", verb: "asssert")
        wait(live)
        #expect(try text(live, "status").contains("did you mean \"assert\"?"))
        #expect(try text(live, "").contains("Text."))
        try write("1 + 1 == 3")
        wait(live)
        #expect(try text(live, "status") == "failed: a")
        try write("2 + 2 == 4")
        wait(live)
        #expect(try text(live, "status").isEmpty)
    }

    @Test("computes nothing where it was told so")
    func noRun() throws {
        let live = try open()
        wait(live, nil)
        #expect(try text(live, "").contains("Not computed yet"))
    }
}
