import Foundation
import Notebooks
import Schema
import Testing

@Suite("Checking notebooks")
struct CheckingTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    /// The lock file of a notebook as it is on disk.
    private func accepted(_ text: String, front: String = "") throws -> LockFile {
        let notebook = try desk.notebook(text, front: front)
        let lock = notebook.accepting(try desk.run(notebook), over: LockFile())
        try desk.write(notebook.lockText(lock), to: "test.lock")
        return try LockFile.read(desk.path + "/test.lock")
    }

    private func check(_ text: String, _ lock: LockFile, front: String = "") throws -> NotebookCheck {
        let notebook = try desk.notebook(text, front: front)
        return NotebookCheck(notebook, run: try desk.run(notebook), lock: lock)
    }

    /// A lock file in which a cell once came to another value.
    private func drifted(_ text: String, _ value: Double) throws -> LockFile {
        var lock = try accepted(text)
        lock.cells["a"]?.values[0].value = .number(value)
        return lock
    }

    @Test("What was accepted is good, after a trip through the file")
    func good() throws {
        let text = cell("a", "0.1") + cell("b", "\"{{a.value}}\"")
        #expect(try check(text, accepted(text)).state == .good)
    }

    @Test("A lock file is the same when written again")
    func stableLock() throws {
        let lock = try accepted(cell("a", "0.1"))
        let notebook = try desk.notebook(cell("a", "0.1"))
        let text = try String(contentsOfFile: desk.path + "/test.lock", encoding: .utf8)
        #expect(notebook.lockText(lock) == text)
    }

    @Test("Volatile values are not in the lock file")
    func volatile() throws {
        #expect(try accepted(cell("a", "1")).cells["a"]?.values.map(\.name) == ["value"])
    }

    @Test("A changed body is stale, and the part of the key is named")
    func stale() throws {
        let check = try check(cell("a", "2"), accepted(cell("a", "1")))
        #expect(check.state == .stale)
        #expect(check.cells[0].reasons == ["body.value: 1 → 2"])
    }

    @Test("A cell that was never accepted is stale")
    func neverAccepted() throws { #expect(try check(cell("a", "1"), LockFile()).state == .stale) }

    @Test("An accepted cell that is gone makes the notebook stale")
    func gone() throws {
        let lock = try accepted(cell("a", "1") + cell("b", "2"))
        #expect(try check(cell("a", "1"), lock).state == .stale)
    }

    @Test("A value outside of its tolerance is drift, told with old, new and limit")
    func drift() throws {
        let check = try check(cell("a", "1.0"), drifted(cell("a", "1.0"), 1.01))
        #expect(check.state == .drift)
        let drift = try #require(check.cells[0].drifts.first)
        #expect(drift.name == "value")
        #expect(drift.old == "1.01")
        #expect(drift.new == "1")
        #expect(abs((drift.limit ?? 0) - 1.01e-3) < 1e-9)
    }

    @Test("A value within its tolerance is good")
    func withinTolerance() throws {
        #expect(try check(cell("a", "1.0"), drifted(cell("a", "1.0"), 1.0005)).state == .good)
    }

    @Test("A cell has a tolerance of its own")
    func ownTolerance() throws {
        let text = cell("a", "1.0", "tolerance=0.1")
        #expect(try check(text, drifted(text, 1.05)).state == .good)
    }

    @Test("A tolerance that nobody accepted is stale")
    func changedTolerance() throws {
        #expect(try check(cell("a", "1", "tolerance=0.1"), accepted(cell("a", "1"))).state == .stale)
    }

    @Test("Rounding errors of zero are no drift")
    func zero() throws {
        #expect(try check(cell("a", "1e-15"), drifted(cell("a", "1e-15"), 3e-15)).state == .good)
    }

    @Test("A cell that fails is broken, and so are those that need it")
    func broken() throws {
        let text = cell("a", "1") + cell("b", "2", "needs=a")
        let check = try check(
            cell("a", "1", more: "fails = true\n") + cell("b", "2", "needs=a"), accepted(text))
        #expect(check.cells.map(\.state) == [.broken, .broken])
    }

    @Test("A cell that takes longer than it may is over budget")
    func cellBudget() throws {
        let lock = try accepted(cell("a", "1"))
        #expect(try check(cell("a", "1", "budget=0"), lock).state == .overBudget)
    }

    @Test("Cells that together take longer than they may are over budget")
    func budget() throws {
        let notebook = try desk.notebook(cell("a", "1"), front: "budget = 5.0\n")
        let lock = try accepted(cell("a", "1"))
        var run = try desk.run(notebook)
        run.outcomes["a"] = .reused(seconds: 6)
        #expect(NotebookCheck(notebook, run: run, lock: lock).state == .overBudget)
    }

    @Test("A long cell that was left out is not broken")
    func leftOut() throws {
        let text = cell("a", "1", "tier=long") + cell("b", "2", "needs=a")
        let lock = try accepted(text)
        try FileManager.default.removeItem(atPath: desk.store.folder)
        let notebook = try desk.notebook(text)
        var options = NotebookRunner.Options()
        options.tier = .quick
        let check = NotebookCheck(notebook, run: try desk.run(notebook, options), lock: lock)
        #expect(check.cells.map(\.state) == [.leftOut, .leftOut])
    }

    @Test("Accepting without a result keeps what was accepted")
    func keeping() throws {
        let lock = try accepted(cell("a", "1", "tier=long"))
        let notebook = try desk.notebook(cell("a", "2", "tier=long"))
        var options = NotebookRunner.Options()
        options.tier = .quick
        #expect(notebook.accepting(try desk.run(notebook, options), over: lock) == lock)
    }

    @Test("JUnit's XML counts failures and errors, and escapes")
    func junit() throws {
        let lock = try accepted(cell("a", "1"))
        let check = try check(cell("a", "2") + cell("b", "1", more: "fails = true\n"), lock)
        let text = JUnit.text([("a<b>.md", check)])
        #expect(text.contains("name=\"a&lt;b&gt;.md\" tests=\"2\" failures=\"1\" errors=\"1\" skipped=\"0\""))
        #expect(text.contains("<failure type=\"stale\">body.value: 1 → 2</failure>"))
        #expect(text.contains("<error type=\"broken\">as asked</error>"))
    }

    @Test("A lock file of another format is refused with its place")
    func otherFormat() throws {
        try desk.write("# a\nformat = 99\n", to: "test.lock")
        #expect {
            try LockFile.read(desk.path + "/test.lock")
        } throws: { "\($0)".contains("test.lock:2:10: format: this is no lock file") }
    }

    @Test("Digests of series tell changes of size, order and count apart")
    func digests() {
        let base = SeriesDigest("a", [1, 2, 3, 4])
        #expect(base != SeriesDigest("a", [1, 3, 2, 4]))
        #expect(base != SeriesDigest("a", [1, 2, 3, 5]))
        #expect(base != SeriesDigest("a", [1, 2, 3, 4, .nan]))
        #expect(base == SeriesDigest("a", [1, 2, 3, 4]))
    }
}
