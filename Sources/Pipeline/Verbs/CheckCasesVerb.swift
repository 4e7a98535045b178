/// Runs cases and compares their results with the `[expect]` tables in them.
public struct CheckCasesVerb: Verb {
    /// Which cases run, by how long they take.
    public enum Tier: String, Sendable, CaseIterable {
        /// Seconds each: part of `make test`.
        case quick
        /// Minutes each: part of `make verify`.
        case long
        /// Both.
        case all
    }

    /// Case files, and folders of case files.
    public var paths: [String]
    /// Which cases run.
    public var tier: Tier
    /// Rewrites the expected values with what came out.
    public var accept: Bool

    /// Cases to check.
    public init(paths: [String], tier: Tier = .quick, accept: Bool = false) {
        self.paths = paths
        self.tier = tier
        self.accept = accept
    }

    /// Runs the cases one after the other; a case that fails does not keep the others from running.
    public func perform(on console: Console) throws -> CheckCasesReport { throw notJoined("check-cases") }
}

/// Expected and found.
public struct CheckCasesReport: VerbReport {
    /// One line of one `[expect]` table.
    public struct Check: Sendable, Encodable, Equatable {
        /// The case file.
        public var file: String
        /// The result's name.
        public var key: String
        /// What came out; nil where the run failed.
        public var found: Double?
        /// What is allowed, in words: "0.0028 ± 10 %".
        public var allowed: String
        /// Whether what came out is allowed.
        public var holds: Bool

        /// A check and its outcome.
        public init(file: String, key: String, found: Double?, allowed: String, holds: Bool) {
            self.file = file
            self.key = key
            self.found = found
            self.allowed = allowed
            self.holds = holds
        }
    }

    /// All checks of all cases.
    public var checks: [Check]
    /// Cases that ended in an error, with the error.
    public var failures: [String: String]
    /// Wall-clock seconds.
    public var seconds: Double

    /// Drift where a check does not hold or a case failed.
    public var status: ExitStatus {
        failures.isEmpty && checks.allSatisfy(\.holds) ? .done : .drift
    }

    /// One row a check, and the counts.
    public func text(on terminal: Terminal) -> String {
        var table = Table([
            .init("case"), .init("result"), .init("found", .right), .init("allowed"), .init(""),
        ])
        for check in checks {
            let found = check.found.map(significant) ?? "–"
            table.add([check.file, check.key, found, check.allowed, check.holds ? "ok" : "DRIFT"])
        }
        let failed = failures.sorted { $0.key < $1.key }.map {
            "\(terminal.styled("error:", .bad)) \($0.key): \($0.value)"
        }
        let drifted = checks.filter { !$0.holds }.count
        let verdict =
            "\(checks.count) checks, \(drifted) drifted, \(failures.count) cases failed, "
            + ProgressText.duration(seconds)
        return ([table.rendered()] + failed + [verdict]).joined(separator: "\n")
    }
}
