import Notebooks

/// Runs a notebook and writes its lock file.
public struct NotebookAcceptVerb: Verb {
    /// The notebook.
    public var path: String
    /// How it runs.
    public var options: NotebookRunner.Options
    /// The store; nil: the standard one.
    public var store: String?

    /// An acceptance as the command line describes it.
    public init(
        path: String, options: NotebookRunner.Options = NotebookRunner.Options(), store: String? = nil
    ) {
        (self.path, self.options, self.store) = (path, options, store)
    }

    /// Writes the lock file, unless a cell is broken or somebody asked to stop.
    public func perform(on console: Console) throws -> NotebookAcceptReport {
        let place = try NotebookPlace(path, store: store)
        let run = try place.run(options, on: console)
        let check = NotebookCheck(place.notebook, run: run, lock: place.lock)
        var report = NotebookAcceptReport(lock: place.notebook.lockPath, cells: check.cells)
        if run.isInterrupted {
            report.status = Interruption.requested ?? .interrupted
        } else if check.state == .broken {
            report.status = .broken
        } else {
            let lock = place.notebook.accepting(run, over: place.lock)
            try AtomicOutput.write(place.notebook.lockText(lock), to: report.lock)
        }
        return report
    }
}

/// What was accepted.
public struct NotebookAcceptReport: VerbReport {
    /// The lock file.
    public var lock: String
    /// The cells as they were before.
    public var cells: [NotebookCheck.CellReport]
    /// How it ended.
    public var status = ExitStatus.done

    private enum CodingKeys: String, CodingKey { case lock, cells }

    /// A line a cell that changed.
    public func text(on terminal: Terminal) -> String {
        let changed = cells.filter { [.stale, .drift, .broken].contains($0.state) }
        let lines = changed.flatMap { cell in
            ["\(cell.cell ?? "the notebook"): \(cell.state.rawValue)"]
                + cell.reasons.prefix(8).map { "  \($0)" }
        }
        let end = status == .done ? "written: \(lock)" : "\(lock) is as it was"
        return (lines + [end]).joined(separator: "\n")
    }
}
