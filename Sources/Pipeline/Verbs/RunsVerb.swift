/// Lists what ran here.
public struct RunsVerb: Verb {
    /// How many runs, the newest first.
    public var limit: Int

    /// The newest runs.
    public init(limit: Int = 20) { self.limit = limit }

    /// Reads the registry; none yet is an empty list.
    public func perform(on console: Console) throws -> RunsReport { throw notJoined("runs") }
}

/// What ran here.
public struct RunsReport: VerbReport {
    /// One run.
    public struct Run: Sendable, Encodable, Equatable {
        /// When it started, ISO 8601.
        public var started: String
        /// How it ended.
        public var status: String
        /// Wall-clock seconds; nil while it runs.
        public var seconds: Double?
        /// The case file.
        public var casePath: String
        /// The first digits of the hash of the case as run.
        public var caseHash: String
        /// The run file.
        public var output: String

        /// One run.
        public init(
            started: String, status: String, seconds: Double?, casePath: String, caseHash: String,
            output: String
        ) {
            self.started = started
            self.status = status
            self.seconds = seconds
            self.casePath = casePath
            self.caseHash = caseHash
            self.output = output
        }
    }

    /// The newest first.
    public var runs: [Run]

    /// One row a run.
    public func text(on terminal: Terminal) -> String {
        guard !runs.isEmpty else { return "Nothing ran here yet." }
        var table = Table([
            .init("started"), .init("status"), .init("took", .right), .init("case"), .init("hash"),
            .init("output"),
        ])
        for run in runs {
            let took = run.seconds.map(ProgressText.duration) ?? "–"
            table.add([
                run.started, run.status, took, run.casePath, String(run.caseHash.prefix(8)), run.output,
            ])
        }
        return table.rendered(on: terminal)
    }
}
