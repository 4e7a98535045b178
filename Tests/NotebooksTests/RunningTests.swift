import Foundation
import Notebooks
import Testing

@Suite("Running notebooks")
struct RunningTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    @Test("A value of another cell has every digit")
    func values() throws {
        let run = try desk.run(cell("b", "\"{{a.value}}\"") + cell("a", "0.1234567890123456"))
        #expect(run.results["b"]?.value("value") == .number(0.1234567890123456))
    }

    @Test("What is in the store is not computed again")
    func reuse() throws {
        let text = cell("a", "1")
        _ = try desk.run(text)
        let run = try desk.run(text)
        #expect(desk.echo.runs.count == 1)
        #expect(run.outcomes["a"]?.word == "reused")
    }

    @Test(
        "Comments, layout, order of keys and prose change no key",
        arguments: [
            "Prose.\n\n```echo id=a\n# a comment\nvalue   =  1.0\nfails = false\n```\n",
            "```echo id=a\nfails = false\nvalue = 1.0 # a comment\n```\n",
        ])
    func unchangedKey(text: String) throws {
        let first = try desk.notebook("```echo id=a\nvalue = 1.0\nfails = false\n```\n")
        let (before, after) = (try desk.keys(first), try desk.keys(try desk.notebook(text)))
        #expect(before == after)
    }

    @Test("A changed body changes the keys of the cell and of all that need it")
    func changedKey() throws {
        let other = cell("b", "\"{{a.value}}\"") + cell("c", "3")
        let before = try desk.keys(try desk.notebook(cell("a", "1") + other))
        let after = try desk.keys(try desk.notebook(cell("a", "2") + other))
        #expect(before["a"] != after["a"])
        #expect(before["b"] != after["b"])
        #expect(before["c"] == after["c"])
    }

    @Test("The content of a file that is read counts, its time does not")
    func files() throws {
        let notebook = try desk.notebook(cell("a", "1", more: "file = \"data.txt\"\n"))
        try desk.write("one", to: "data.txt")
        let before = try desk.keys(notebook)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: desk.path + "/data.txt")
        #expect(try desk.keys(notebook) == before)
        try desk.write("two", to: "data.txt")
        #expect(try desk.keys(notebook) != before)
    }

    @Test("The seed of the front matter counts")
    func seed() throws {
        let one = try desk.notebook(cell("a", "1"), front: "seed = 1\n")
        let two = try desk.notebook(cell("a", "1"), front: "seed = 2\n")
        let (first, second) = (try desk.keys(one), try desk.keys(two))
        #expect(first != second)
    }

    @Test("Another build computes anew, for the same key")
    func build() throws {
        let notebook = try desk.notebook(cell("a", "1"))
        _ = try desk.run(notebook)
        let key = try desk.keys(notebook)
        desk.environment.build = "b"
        let run = try desk.run(notebook)
        #expect(run.outcomes["a"]?.word == "computed")
        #expect(run.keys == key)
    }

    @Test("A failed cell leaves out only those that need it")
    func failure() throws {
        let run = try desk.run(
            cell("a", "1", more: "fails = true\n") + cell("b", "2", "needs=a") + cell("c", "3", "needs=b")
                + cell("d", "4"))
        #expect(run.outcomes["a"] == .failed("as asked"))
        #expect(run.outcomes["b"] == .skipped(needs: "a"))
        #expect(run.outcomes["c"] == .skipped(needs: "b"))
        #expect(run.outcomes["d"]?.isDone == true)
    }

    @Test("Offline, what is missing is missing, and what is there is taken")
    func offline() throws {
        _ = try desk.run(cell("a", "1"))
        var options = NotebookRunner.Options()
        options.isOffline = true
        let run = try desk.run(cell("a", "1") + cell("b", "2"), options)
        #expect(run.outcomes["a"]?.isDone == true)
        #expect(run.outcomes["b"] == .missing)
        #expect(desk.echo.runs.count == 1)
    }

    @Test("The quick tier leaves out long cells, but not from the store")
    func tier() throws {
        var options = NotebookRunner.Options()
        options.tier = .quick
        let text = cell("a", "1", "tier=long")
        #expect(try desk.run(text, options).outcomes["a"] == .leftOut)
        _ = try desk.run(text)
        #expect(try desk.run(text, options).outcomes["a"]?.word == "reused")
    }

    @Test("Only a cell and what it needs")
    func selection() throws {
        var options = NotebookRunner.Options()
        options.cells = ["b"]
        let run = try desk.run(cell("a", "1") + cell("b", "2", "needs=a") + cell("c", "3"), options)
        #expect(Set(run.outcomes.keys) == ["a", "b"])
    }

    @Test("Cells in parallel come to the same results")
    func parallel() throws {
        var options = NotebookRunner.Options()
        options.jobs = 4
        let ids = (0..<12).map { "c\($0)" }
        let text =
            ids.map { cell($0, String($0.dropFirst())) }.joined()
            + cell("sum", "\"{{c3.value}}\"", "needs=\(ids.joined(separator: ","))")
        let run = try desk.run(text, options)
        #expect(run.results.count == 13)
        #expect(desk.echo.runs.count == 13)
    }

    @Test("Cells that ask the same are computed once, even at the same time")
    func sameKey() throws {
        var options = NotebookRunner.Options()
        options.jobs = 4
        let run = try desk.run((0..<8).map { cell("c\($0)", "1") }.joined(), options)
        #expect(run.results.count == 8)
        #expect(desk.echo.runs.count == 1)
    }

    @Test("A value that the cell does not have is told with its place and a guess")
    func unknownValue() throws {
        let run = try desk.run(cell("a", "1") + cell("b", "\"{{a.valu}}\""))
        guard case .failed(let text) = run.outcomes["b"] else {
            Issue.record("it did not fail")
            return
        }
        #expect(text.contains("test.md:10:10: the cell \"a\" has no value \"valu\""))
        #expect(text.contains("did you mean \"value\"?"))
    }

    @Test("Another process in the store is an error, not a mess")
    func busy() throws {
        let notebook = try desk.notebook(cell("a", "1"))
        _ = try desk.run(notebook)
        let descriptor = open(desk.store.folder + "/lock", O_RDWR)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(throws: StoreBusy.self) { try desk.run(notebook) }
    }

    @Test("Cleaning keeps what is asked for, and removes the rest")
    func cleaning() throws {
        let notebook = try desk.notebook(cell("a", "1"))
        _ = try desk.run(cell("b", "2"))
        let kept = try desk.run(notebook)
        let address = try #require(kept.keys["a"]?.address(build: "a"))
        let removed = try desk.store.clean(keeping: [address], of: [notebook.path])
        #expect(removed.results == 1)
        #expect(removed.objects == 1)
        #expect(desk.store.entries().map(\.address) == [address])
    }

    @Test("Cleaning spares the results of other notebooks, as long as these are there")
    func cleaningOthers() throws {
        try desk.write("", to: "test.md")
        _ = try desk.run(cell("b", "2"))
        #expect(try desk.store.clean(keeping: [], of: ["/other.md"]).results == 0)
        try FileManager.default.removeItem(atPath: desk.path + "/test.md")
        #expect(try desk.store.clean(keeping: [], of: ["/other.md"]).results == 1)
    }

    @Test("A result without its files counts as missing")
    func damagedStore() throws {
        let notebook = try desk.notebook(cell("a", "1"))
        _ = try desk.run(notebook)
        try FileManager.default.removeItem(atPath: desk.store.folder + "/objects")
        #expect(try desk.run(notebook).outcomes["a"]?.word == "computed")
    }
}
