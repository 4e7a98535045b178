/// When to stop.
public struct TimeOptions: Sendable {
    /// The time of the final state.
    public var end: Double
    /// Steps after which the run stops in any case.
    public var maximumSteps: Int?
    /// Seconds of wall time after which the run writes a checkpoint and stops.
    public var wallBudget: Double?
}

/// What is written, and when.
public struct OutputOptions: Sendable {
    /// Time between snapshots.
    public var every: Double?
    /// Steps between snapshots.
    public var everySteps: Int?
    /// Times of snapshots, ascending.
    public var times: [Double]
    /// Names as in the case file; `velocity` stands for all its components.
    public var fields: [String]
    /// Deflate level, 0 to 9.
    public var compression: Int
    /// Steps between rows of `/history`.
    public var historyEvery: Int
    /// Seconds of wall time between checkpoints.
    public var checkpointEvery: Double
}
