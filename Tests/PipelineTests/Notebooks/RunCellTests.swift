import Flow
import Foundation
import Notebooks
import Pipeline
import Synchronization
import Testing

/// How many computations were made.
private final class MakerCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }

    func make(_ flowCase: FlowCase) throws -> any FlowComputation {
        count.withLock { $0 += 1 }
        return try FlowSolverFactory.make(flowCase)
    }
}

@Suite("Cells that run a case")
struct RunCellTests {
    let place: Workplace
    private let count = MakerCount()

    init() throws { place = try Workplace() }

    private static let wave = """
        [domain]
        cells = [32]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "periodic"
        [initial]
        density = "1 + 0.1*sin(2*pi*x)"
        velocity = [1.0]
        pressure = 1.0
        [exact]
        kind = "expression"
        density = "1 + 0.1*sin(2*pi*(x - t))"
        velocity = [1.0]
        pressure = 1.0
        [time]
        end = 0.05
        [output]
        every = 0.013
        """

    /// Runs a cell on its own, in a store of its own. Nil where it was interrupted.
    private func run(
        _ text: String, results: String, set: String = "", store folder: String = "store"
    ) throws -> CellResult? {
        _ = try place.write(text)
        let verbs = CellVerbs([RunCell(make: count.make)])
        let cell = "```run id=a\ncase = \"case.toml\"\nresults = \(results)\n\n[set]\n\(set)\n```\n"
        let notebook = try NotebookReader.read(
            text: "+++\ntitle = \"T\"\n+++\n\n" + cell, path: place.file("n.md"), verbs: verbs)
        let run = try NotebookRunner(
            notebook, verbs: verbs, store: Store(folder: place.file(folder)),
            environment: NotebookEnvironment(tool: "1", build: "a")
        ).run()
        if !run.isInterrupted { #expect(run.results["a"] != nil, "\(run.outcomes)") }
        return run.results["a"]
    }

    @Test("The run that writes the file serves the results too")
    func once() throws {
        let found = try run(Self.wave, results: "[\"error.density.l1\", \"conservation.mass\"]")
        #expect(count.value == 1)
        #expect(found?.value("error.density.l1") != nil)
    }

    @Test("Only a reference in double precision and other grids are further computations")
    func asked() throws {
        _ = try run(Self.wave, results: "[\"error.density.l1\", \"precision.density\"]")
        #expect(count.value == 2)
        let levels = "[case.convergence]\nfactors = [1, 2]\n" + Self.wave
        _ = try run(levels, results: "[\"order.density\"]", store: "other")
        #expect(count.value == 4)
    }

    @Test(
        "Results are the same, to the bit, where the run was interrupted; its start is computed once more then"
    )
    func interrupted() throws {
        let names = "[\"error.density.l1\", \"total.energy\", \"conservation.energy\"]"
        let whole = try #require(try run(Self.wave, results: names))
        // Every call does a step.
        var (calls, found) = (0, CellResult?.none)
        while found == nil, calls < 40 {
            found = try run(Self.wave, results: names, set: "\"time.wall_budget\" = 1e-9", store: "pieces")
            calls += 1
        }
        #expect(calls > 5)
        #expect(count.value == 1 + calls + 1)
        for name in ["error.density.l1", "total.energy", "conservation.energy", "steps", "density.maximum"] {
            #expect(whole.value(name) != nil)
            #expect(found?.value(name) == whole.value(name), "\(name)")
        }
    }
}
