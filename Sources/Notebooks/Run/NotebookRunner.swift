import Foundation
import Numerics

/// Computes the cells of a notebook that are not in the store, each after those that it needs.
public struct NotebookRunner: Sendable {
    /// How a notebook runs.
    public struct Options: Sendable {
        /// Cells that compute at the same time.
        public var jobs = 1
        /// Takes results from the store only.
        public var isOffline = false
        /// Computes even what is in the store.
        public var isFresh = false
        /// With `quick`, long cells are taken from the store or left out.
        public var tier = Tier.long
        /// Only these cells, and what they need; empty: all.
        public var cells: [String] = []

        /// One at a time, everything that is missing.
        public init() {}
    }

    let notebook: Notebook
    let verbs: CellVerbs
    let store: Store
    let environment: NotebookEnvironment
    let options: Options
    let isInterrupted: @Sendable () -> Bool
    let describe: @Sendable (any Error) -> String
    let tell: @Sendable (CellEvent) -> Void

    /// A runner.
    ///
    /// - Parameters:
    ///   - isInterrupted: Whether somebody asked to stop; asked between cells.
    ///   - describe: An error as people read it.
    ///   - tell: Receives what happens, from any thread.
    public init(
        _ notebook: Notebook, verbs: CellVerbs, store: Store, environment: NotebookEnvironment,
        options: Options = Options(), isInterrupted: @escaping @Sendable () -> Bool = { false },
        describe: @escaping @Sendable (any Error) -> String = { String(describing: $0) },
        tell: @escaping @Sendable (CellEvent) -> Void = { _ in }
    ) {
        (self.notebook, self.verbs, self.store) = (notebook, verbs, store)
        (self.environment, self.options) = (environment, options)
        (self.isInterrupted, self.describe, self.tell) = (isInterrupted, describe, tell)
    }

    /// Runs the notebook. A cell that fails is an outcome, not an error.
    ///
    /// - Throws: `InvalidInput` where files are missing, ``StoreBusy`` where another process works in the store.
    public func run() throws -> NotebookRun {
        let keys = try KeyMaker.keys(of: notebook, verbs: verbs, environment: environment)
        let lock = options.isOffline ? nil : try StoreLock(store, isShared: true)
        defer { withExtendedLifetime(lock) {} }
        let graph = CellGraph(notebook)
        let wanted = options.cells.isEmpty ? Set(graph.order) : graph.ancestors(of: options.cells)
        let schedule = Schedule(order: graph.order.filter(wanted.contains), graph, NotebookRun(keys: keys))
        if options.jobs <= 1 {
            work(schedule)
        } else {
            JoinedThreads.run(min(options.jobs, wanted.count)) { _ in work(schedule) }
        }
        return schedule.run
    }

    /// Takes cells until none is left.
    private func work(_ schedule: Schedule) {
        while let (id, results) = schedule.next() {
            guard let cell = notebook.cell(id), let key = schedule.run.keys[id] else { continue }
            let (outcome, result) = settle(cell, key, results)
            tell(.settled(cell, outcome))
            schedule.settle(id, outcome, result)
        }
    }

    private func settle(_ cell: Cell, _ key: CellKey, _ results: [String: CellResult])
        -> (CellOutcome, CellResult?)
    {
        let address = key.address(build: environment.build)
        if !options.isFresh, let entry = store.entry(address) {
            return (.reused(seconds: entry.seconds), entry.result)
        }
        let missing = cell.dependencies.first { results[$0] == nil }
        let tier = cell.fence.tier ?? notebook.frontMatter.tier
        if options.tier == .quick, tier == .long { return (.leftOut, nil) }
        if let missing { return (.skipped(needs: missing), nil) }
        if options.isOffline { return (.missing, nil) }
        if isInterrupted() { return (.interrupted, nil) }
        return compute(cell, key, address, results)
    }

    private func compute(_ cell: Cell, _ key: CellKey, _ address: String, _ results: [String: CellResult])
        -> (CellOutcome, CellResult?)
    {
        let folder = store.workingFolder(address)
        try? Store.makeFolder(FilePath.folder(of: folder))
        guard let lock = ResultLock(folder + ".lock", isInterrupted: isInterrupted) else {
            return (
                isInterrupted() ? .interrupted : .failed("the store \(store.folder) cannot be written"), nil
            )
        }
        defer { withExtendedLifetime(lock) {} }
        // Somebody else may have computed it meanwhile.
        if !options.isFresh, let entry = store.entry(address) {
            return (.reused(seconds: entry.seconds), entry.result)
        }
        tell(.started(cell))
        let clock = ContinuousClock()
        let start = clock.now
        do {
            guard let verb = verbs[cell.verb] else { return (.failed("there is no such verb"), nil) }
            if options.isFresh { try? FileManager.default.removeItem(atPath: folder) }
            try Store.write(
                Data(FilePath.absolute(notebook.path).utf8), to: "\(folder)/\(Store.ownerFile)")
            let document = try CellBody.resolved(cell, schema: verb.schema, results: results)
            let context = CellContext(
                folder: folder, needs: results.filter { cell.dependencies.contains($0.key) },
                seed: notebook.frontMatter.seed, note: { tell(.note(cell, $0)) })
            let result = try verb.execute(CellBody(document, root: notebook.rootFolder), context)
            let seconds = Double((clock.now - start) / .milliseconds(1)) / 1000
            let entry = Store.Entry(
                notebook: FilePath.absolute(notebook.path), cell: cell.id, verb: cell.verb, key: key.text,
                parts: key.parts, build: environment.build, tool: environment.tool, seconds: seconds,
                result: result)
            return (.computed(seconds: seconds), try store.keep(entry, at: address))
        } catch is CellInterrupted {
            return (.interrupted, nil)
        } catch {
            return (isInterrupted() ? .interrupted : .failed(describe(error)), nil)
        }
    }
}

/// Hands out cells to threads, each when all that it needs is settled.
private final class Schedule: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [String]
    private let dependencies: [String: [String]]
    private var state: NotebookRun

    init(order: [String], _ graph: CellGraph, _ run: NotebookRun) {
        (waiting, dependencies, state) = (order, graph.dependencies, run)
    }

    var run: NotebookRun { condition.withLock { state } }

    /// The next cell, with the results so far; waits for one; nil where all are taken.
    func next() -> (id: String, results: [String: CellResult])? {
        condition.lock()
        defer { condition.unlock() }
        while !waiting.isEmpty {
            if let index = waiting.firstIndex(where: isReady) {
                return (waiting.remove(at: index), state.results)
            }
            condition.wait()
        }
        return nil
    }

    private func isReady(_ id: String) -> Bool {
        (dependencies[id] ?? []).allSatisfy { state.outcomes[$0] != nil }
    }

    func settle(_ id: String, _ outcome: CellOutcome, _ result: CellResult?) {
        condition.withLock {
            state.outcomes[id] = outcome
            state.results[id] = result
            condition.broadcast()
        }
    }
}
