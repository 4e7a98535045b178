/// Computes a case and writes its run file.
public struct RunVerb: Verb {
    /// The case file.
    public var casePath: String
    /// The run file; nil: beside the working folder, named after the case.
    public var output: String?
    /// `key=value` pairs that replace keys of the case, applied in order.
    public var overrides: [String]
    /// Goes on from the checkpoint of an interrupted run.
    public var resume: Bool
    /// Replaces an existing run file.
    public var overwrite: Bool

    /// A run as the command line describes it.
    public init(
        casePath: String, output: String? = nil, overrides: [String] = [], resume: Bool = false,
        overwrite: Bool = false
    ) {
        self.casePath = casePath
        self.output = output
        self.overrides = overrides
        self.resume = resume
        self.overwrite = overwrite
    }

    /// Computes the case. Divergence and interruption are reports, not errors: the run file holds what was reached.
    public func perform(on console: Console) throws -> RunReport { throw notJoined("run") }
}

/// The summary of a run.
public struct RunReport: VerbReport {
    /// How the run ended.
    public var status: ExitStatus
    /// The case's title.
    public var title: String
    /// The run file.
    public var output: String
    /// Steps done in this call.
    public var steps: Int
    /// Simulated time reached.
    public var time: Double
    /// Cells of the grid.
    public var cells: Int
    /// Wall-clock seconds of this call.
    public var seconds: Double
    /// Wall-clock nanoseconds per cell and step.
    public var nanosecondsPerCellStep: Double
    /// Bytes of memory that the solver holds per cell.
    public var bytesPerCell: Double
    /// Where and how the run diverged, and what to try; or how to go on after an interruption.
    public var message: String?

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// Three lines for people.
    public func text(on terminal: Terminal) -> String {
        var lines = [
            "\(terminal.styled(title, .bold)): \(steps) steps to t = \(significant(time)) in "
                + "\(ProgressText.duration(seconds))",
            "\(ProgressText.count(Double(cells))) cells, \(significant(nanosecondsPerCellStep)) ns per cell and step, "
                + "\(significant(bytesPerCell)) bytes per cell",
            "written: \(output)",
        ]
        if let message { lines.append(message) }
        return lines.joined(separator: "\n")
    }
}
