/// How a cell fared in a run.
public enum CellOutcome: Sendable, Equatable {
    /// Its result was in the store; it once took so many seconds.
    case reused(seconds: Double)
    /// It was computed.
    case computed(seconds: Double)
    /// It failed; the text says why.
    case failed(String)
    /// A cell that it needs has no result.
    case skipped(needs: String)
    /// Its result is not in the store, and nothing may be computed.
    case missing
    /// It takes longer than was asked for, and is not in the store.
    case leftOut
    /// Somebody asked to stop.
    case interrupted

    /// Whether it has a result.
    public var isDone: Bool {
        switch self {
        case .reused, .computed: true
        default: false
        }
    }

    /// Wall seconds of its computation, now or then.
    public var seconds: Double? {
        switch self {
        case .reused(let seconds), .computed(let seconds): seconds
        default: nil
        }
    }

    /// A word for machines.
    public var word: String {
        switch self {
        case .reused: "reused"
        case .computed: "computed"
        case .failed: "failed"
        case .skipped: "skipped"
        case .missing: "missing"
        case .leftOut: "left-out"
        case .interrupted: "interrupted"
        }
    }

    /// What people should know besides.
    public var message: String? {
        switch self {
        case .failed(let text): text
        case .skipped(let id): "it needs \(id)"
        case .missing: "it is not in the store; run without --offline"
        case .leftOut: "it belongs to the tier \"long\" or needs what does, and is not in the store"
        case .interrupted: "stopped; the next run goes on"
        case .reused, .computed: nil
        }
    }
}

/// What a run of a notebook came to.
public struct NotebookRun: Sendable {
    /// How each cell fared.
    public var outcomes: [String: CellOutcome] = [:]
    /// What came out of those that have a result.
    public var results: [String: CellResult] = [:]
    /// The keys of all cells.
    public var keys: [String: CellKey]

    /// Whether somebody asked to stop.
    public var isInterrupted: Bool { outcomes.values.contains(.interrupted) }

    /// Seconds of all computations, now or then.
    public var seconds: Double { outcomes.values.reduce(0) { $0 + ($1.seconds ?? 0) } }
}

/// What happens while a notebook runs.
public enum CellEvent: Sendable {
    /// A cell begins to compute.
    case started(Cell)
    /// A cell is settled.
    case settled(Cell, CellOutcome)
    /// A cell says something.
    case note(Cell, String)
}
