import Foundation
import Notebooks

/// Compares notebooks with their lock files.
public struct NotebookCheckVerb: Verb {
    /// Notebooks, and folders of notebooks.
    public var paths: [String]
    /// How they run.
    public var options: NotebookRunner.Options
    /// The store; nil: the standard one of each notebook.
    public var store: String?
    /// Where the result goes in JUnit's XML; nil: nowhere.
    public var junit: String?

    /// A check as the command line describes it.
    public init(
        paths: [String], options: NotebookRunner.Options = NotebookRunner.Options(), store: String? = nil,
        junit: String? = nil
    ) {
        (self.paths, self.options, self.store, self.junit) = (paths, options, store, junit)
    }

    /// Runs what is missing and compares. Throws with everything that is wrong with all notebooks, before anything
    /// runs.
    public func perform(on console: Console) throws -> NotebookCheckReport {
        let places = try NotebookPlace.files(paths).map { try NotebookPlace($0, store: store) }
        // A report is made anew by every check; anything else of its name stays.
        if let junit {
            try Output(junit, .report, from: places.map(\.notebook.path)).check(overwrite: true)
        }
        var checks: [(notebook: String, check: NotebookCheck)] = []
        var interruption: ExitStatus?
        Interruption.listen()
        defer { Interruption.stopListening() }
        for place in places where interruption == nil {
            let run = try place.run(options, on: console)
            checks.append((place.notebook.path, NotebookCheck(place.notebook, run: run, lock: place.lock)))
            if run.isInterrupted { interruption = Interruption.requested ?? .interrupted }
        }
        if let junit { try AtomicOutput.write(JUnit.text(checks), to: junit) }
        return NotebookCheckReport(checks, interruption)
    }
}

/// What a check found.
public struct NotebookCheckReport: VerbReport {
    /// One notebook.
    public struct Entry: Encodable, Sendable {
        /// The notebook.
        public var notebook: String
        /// The worst of its cells.
        public var state: NotebookCheck.State
        /// Its cells.
        public var cells: [NotebookCheck.CellReport]
    }

    /// In the order of the command line.
    public var notebooks: [Entry]
    /// Broken before drift before stale before over budget.
    public var status: ExitStatus

    private enum CodingKeys: String, CodingKey { case notebooks }

    init(_ checks: [(notebook: String, check: NotebookCheck)], _ interruption: ExitStatus?) {
        notebooks = checks.map { Entry(notebook: $0.notebook, state: $0.check.state, cells: $0.check.cells) }
        let states = notebooks.map(\.state)
        let ranked: [(NotebookCheck.State, ExitStatus)] = [
            (.broken, .broken), (.drift, .drift), (.stale, .stale), (.overBudget, .overBudget),
        ]
        status = interruption ?? ranked.first { states.contains($0.0) }?.1 ?? .done
    }

    /// A row a notebook, and why for cells that are not good.
    public func text(on terminal: Terminal) -> String {
        let lines = notebooks.flatMap { entry -> [String] in
            let count = entry.cells.count { $0.state == .good }
            let left = entry.cells.count { $0.state == .leftOut }
            let word = terminal.styled(entry.state.rawValue, entry.state == .good ? .good : .bad)
            let head =
                "\(word) \(entry.notebook): \(count) of \(entry.cells.count) as accepted"
                + (left > 0 ? ", \(left) left out" : "")
            return [head] + entry.cells.filter { ![.good, .leftOut].contains($0.state) }.flatMap(reasons)
        }
        return (lines + advice).joined(separator: "\n")
    }

    private func reasons(_ cell: NotebookCheck.CellReport) -> [String] {
        let name = cell.cell.map { "\($0) (line \(cell.line ?? 0))" } ?? "the notebook"
        let shown = cell.reasons.prefix(8).map { "    " + $0.replacing("\n", with: "\n    ") }
        let rest = cell.reasons.count - shown.count
        return ["  \(name): \(cell.state.rawValue)"] + shown + (rest > 0 ? ["    and \(rest) more"] : [])
    }

    private var advice: [String] {
        switch status {
        case .stale, .drift:
            ["Where that is as it should be: hugoniot notebook accept NOTEBOOK, and review the lock file."]
        default: []
        }
    }
}
