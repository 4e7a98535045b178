import Archive

/// What an import made.
public struct ImportReport: VerbReport {
    /// The dataset.
    public var output: String
    /// The kind of sources.
    public var format: String
    /// What the dataset holds.
    public var dataset: DatasetSummary

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// A line and the tables of the samples.
    public func text(on terminal: Terminal) -> String {
        terminal.styled(output, .bold) + " from \(format)\n" + DatasetText(dataset).text(on: terminal)
    }
}
