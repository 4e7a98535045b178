/// Expected and found.
public struct CheckCasesReport: VerbReport {
    /// One line of one `[expect]` table.
    public struct Check: Sendable, Encodable, Equatable {
        /// The result's name.
        public var key: String
        /// What is expected, in words: "0.0028", "≥ 4.5".
        public var expected: String
        /// What came out; nil where the run failed.
        public var found: Double?
        /// What is allowed, in words: "10 %".
        public var tolerance: String
        /// Whether what came out is allowed.
        public var holds: Bool
    }

    /// One case.
    public struct Case: Sendable, Encodable, Equatable {
        /// The case file.
        public var file: String
        /// Its title.
        public var title: String
        /// Its checks, in the order of the file.
        public var checks: [Check]
        /// Why it did not reach its end.
        public var failure: String?
        /// Wall-clock seconds.
        public var seconds: Double

        /// The outcome in a line.
        var line: String {
            let drifted = checks.filter { !$0.holds }.count
            let outcome =
                failure != nil ? "FAILED" : drifted > 0 ? "\(drifted) of \(checks.count) DRIFTED" : "ok"
            return "\(file): \(outcome), \(ProgressText.duration(seconds))"
        }
    }

    /// In the order in which they ran.
    public var cases: [Case]
    /// Wall-clock seconds.
    public var seconds = 0.0
    /// How it was stopped, if it was.
    var interruption: ExitStatus?

    /// Failed where a case failed, drift where a check does not hold.
    public var status: ExitStatus {
        if let interruption { return interruption }
        if cases.contains(where: { $0.failure != nil }) { return .failed }
        return cases.allSatisfy { $0.checks.allSatisfy(\.holds) } ? .done : .drift
    }

    /// One row a check, the failures, and the counts.
    public func text(on terminal: Terminal) -> String {
        var table = Table([
            .init("case"), .init("result"), .init("expected", .right), .init("found", .right),
            .init("tolerance", .right), .init(""), .init("seconds", .right),
        ])
        for one in cases {
            for (index, check) in one.checks.enumerated() {
                let isFirst = index == 0
                table.add([
                    isFirst ? CaseRunner.name(one.file) : "", check.key, check.expected,
                    check.found.map(significant) ?? "–", check.tolerance, check.holds ? "ok" : "DRIFT",
                    isFirst ? significant((one.seconds * 10).rounded() / 10) : "",
                ])
            }
        }
        let failed = cases.compactMap { one in
            one.failure.map { "\(terminal.styled("error:", .bad)) \(one.file): \($0)" }
        }
        let checks = cases.flatMap(\.checks)
        let verdict =
            "\(cases.count) cases, \(checks.count) checks, \(checks.filter { !$0.holds }.count) drifted, "
            + "\(failed.count) cases failed, \(ProgressText.duration(seconds))"
            + (interruption == nil ? "" : "; interrupted")
        return ([table.rendered()] + failed + [verdict]).joined(separator: "\n")
    }
}
