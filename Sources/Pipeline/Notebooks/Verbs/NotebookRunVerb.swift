import Notebooks

/// Computes what a notebook lacks.
public struct NotebookRunVerb: Verb {
    /// The notebook.
    public var path: String
    /// How it runs.
    public var options: NotebookRunner.Options
    /// The store; nil: the standard one.
    public var store: String?

    /// A run as the command line describes it.
    public init(
        path: String, options: NotebookRunner.Options = NotebookRunner.Options(), store: String? = nil
    ) {
        (self.path, self.options, self.store) = (path, options, store)
    }

    /// Runs it. Cells that fail and interruption are part of the report, not errors.
    public func perform(on console: Console) throws -> NotebookRunReport {
        let place = try NotebookPlace(path, store: store)
        return NotebookRunReport(place.notebook, try place.run(options, on: console))
    }
}

/// How a notebook ran.
public struct NotebookRunReport: VerbReport {
    /// How one cell fared.
    public struct CellRow: Encodable, Sendable {
        /// Its id.
        public var id: String
        /// Its verb.
        public var verb: String
        /// How it fared, in a word: `reused`, `computed`, `failed`, `skipped`, `missing`, `left-out`, `interrupted`.
        public var outcome: String
        /// Seconds of its computation, now or then.
        public var seconds: Double?
        /// What people should know besides.
        public var message: String?
        /// Its values.
        public var values: [NamedValue]
    }

    /// The notebook.
    public var notebook: String
    /// In the order of the text; cells that were not asked for are not listed.
    public var cells: [CellRow]
    /// How the run ended, as an exit code.
    public var status: ExitStatus

    private enum CodingKeys: String, CodingKey { case notebook, cells }

    init(_ notebook: Notebook, _ run: NotebookRun) {
        self.notebook = notebook.path
        cells = notebook.cells.compactMap { cell in
            run.outcomes[cell.id].map { outcome in
                CellRow(
                    id: cell.id, verb: cell.verb, outcome: outcome.word, seconds: outcome.seconds,
                    message: outcome.message, values: run.results[cell.id]?.values ?? [])
            }
        }
        let isFailed = run.outcomes.values.contains {
            switch $0 {
            case .failed, .missing: true
            default: false
            }
        }
        status = run.isInterrupted ? Interruption.requested ?? .interrupted : isFailed ? .failed : .done
    }

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { status != .done }

    /// A row a cell.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init("cell"), .init("verb"), .init("outcome"), .init("took", .right), .init("")])
        for cell in cells {
            table.add([
                cell.id, cell.verb, cell.outcome, cell.seconds.map(ProgressText.duration) ?? "",
                cell.message ?? "",
            ])
        }
        return table.rendered(on: terminal)
    }
}
