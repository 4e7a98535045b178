import Calibration
import Foundation

/// The summary of a calibration.
public struct CalibrationReport: VerbReport {
    /// How a calibration ended, in a word.
    public enum Outcome: String, Sendable, Codable {
        /// The result is written.
        case completed
        /// Stopped by a signal; can be resumed.
        case interrupted
        /// No point could be evaluated, or too many failed.
        case failed
    }

    /// The best point.
    public struct Best: Encodable, Sendable {
        /// By name.
        public var parameters: [String: Double]
        /// Its cost; null where nothing could be evaluated.
        public var value: Double?
    }

    /// How sure it is.
    public struct Posterior: Encodable, Sendable {
        /// Of the normal approximation, by name.
        public var standardDeviation: [String: Double]

        private enum CodingKeys: String, CodingKey { case standardDeviation = "standard_deviation" }
    }

    /// How far predictions can be trusted: the share of observations within their 90 % intervals.
    public struct Coverage: Encodable, Sendable {
        /// Of the fitted observations.
        public var fitted: Double?
        /// Of those that were kept out.
        public var heldOut: Double?

        private enum CodingKeys: String, CodingKey {
            case fitted
            case heldOut = "held_out"
        }
    }

    /// What a search on a surrogate asked of the true model.
    public struct Verification: Encodable, Sendable {
        /// Rounds of search, verification and correction.
        public var rounds: Int
        /// Runs of the true model.
        public var trueRuns: Int
        /// Points that the surrogate was asked for by the searches.
        public var surrogateRuns: Int
        /// Runs of the true model that were saved.
        public var savedRuns: Int
        /// The surrogate's error at the optimum as it came, and as corrected at the end: root mean square in standard
        /// deviations of the observations.
        public var errors: [Double?]
        /// Whether they agree.
        public var agrees: Bool

        private enum CodingKeys: String, CodingKey {
            case rounds, errors, agrees
            case trueRuns = "true_runs"
            case surrogateRuns = "surrogate_runs"
            case savedRuns = "saved_runs"
        }

        init(_ loop: SurrogateLoop) {
            let optima = loop.verifications.filter { $0.isOptimum }
            rounds = optima.last?.round ?? 0
            (trueRuns, surrogateRuns, savedRuns) = (loop.trueRuns, loop.surrogateRuns, loop.savedRuns)
            errors = [optima.first?.error, optima.last?.error]
            agrees = loop.agrees
        }
    }

    /// A switch of the method.
    public struct Switch: Encodable, Sendable {
        /// After so many points.
        public var evaluations: Int
        /// The best cost then.
        public var best: Double?
        /// What was decided, and why.
        public var reason: String
    }

    /// How it ended, as an exit code.
    public var status = ExitStatus.done
    /// How it ended, in a word.
    public var outcome = Outcome.completed
    /// Why the search ended.
    public var ending: String
    /// The study's title.
    public var title: String
    /// The result file.
    public var output: String
    /// The best parameters as TOML.
    public var bestFile: String
    /// The method.
    public var method: String
    /// The best point.
    public var best: Best
    /// How sure it is; null where nothing was observed.
    public var posterior: Posterior?
    /// Whether predictions hold; null where nothing was observed.
    public var predictive: Coverage?
    /// What the true model was asked; null where the search ran on it.
    public var surrogate: Verification?
    /// Points evaluated, those of posterior and sensitivity included.
    public var runs: Int
    /// Points that the search took to find the best one and to be sure of it.
    public var searchRuns: Int
    /// Those that failed.
    public var failures: Int
    /// Runs whose answers an interrupted calibration had left.
    public var resumed: Int
    /// Observations that were fitted.
    public var observations: Int
    /// What people should know about the fit.
    public var remarks: [String]
    /// What the method decided on the way.
    public var switches: [Switch]
    /// Wall time of this call.
    public var seconds: Double
    private let estimates: [CalibrationFinding.Estimate]

    private enum CodingKeys: String, CodingKey {
        case outcome, ending, title, output, method, best, posterior, predictive, surrogate, runs, failures,
            resumed
        case searchRuns = "search_runs"
        case observations, remarks, switches, seconds
        case bestFile = "best_file"
        case estimates = "parameters"
    }

    init(
        _ plan: CalibrationPlan, _ finding: CalibrationFinding, interrupted: ExitStatus?, resumed: Int,
        seconds: Double
    ) {
        let search = finding.calibrator.search
        title = plan.study.title
        output = plan.output
        bestFile = plan.bestPath
        method = plan.study.method.word
        ending = finding.ending
        estimates = finding.estimates
        best = Best(
            parameters: Dictionary(uniqueKeysWithValues: estimates.map { ($0.name, $0.value) }),
            value: finding.best?.cost)
        let deviations = estimates.compactMap { estimate in
            estimate.standardDeviation.map { (estimate.name, $0) }
        }
        posterior =
            deviations.isEmpty
            ? nil : Posterior(standardDeviation: Dictionary(uniqueKeysWithValues: deviations))
        if finding.coverage(heldOut: false) != nil {
            predictive = Coverage(
                fitted: finding.coverage(heldOut: false), heldOut: finding.coverage(heldOut: true))
        }
        surrogate = finding.loop.map(Verification.init)
        runs = search.evaluations + finding.calibrator.explored
        searchRuns = search.evaluations
        failures = search.failures
        self.resumed = resumed
        observations = finding.comparisons.filter { !$0.isHeldOut }.count
        remarks = finding.remarks
        switches = search.method.record.decisions.map {
            Switch(evaluations: $0.evaluations, best: $0.best.isFinite ? $0.best : nil, reason: $0.reason)
        }
        self.seconds = seconds
        if let interrupted {
            (status, outcome) = (interrupted, .interrupted)
        } else if finding.best == nil || search.stopped == .failures {
            (status, outcome) = (.failed, .failed)
        }
    }

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// The parameters as a table, what to know about them, and where everything is.
    public func text(on terminal: Terminal) -> String {
        var parts = [terminal.styled(title, .bold)]
        if !estimates.isEmpty { parts.append(table(on: terminal)) }
        if !switches.isEmpty {
            parts.append(switches.map { "after \($0.evaluations): \($0.reason)" }.joined(separator: "\n"))
        }
        if !remarks.isEmpty { parts.append(remarks.map { "note: \($0)" }.joined(separator: "\n")) }
        let value = best.value.map { "cost \(significant($0))" } ?? "no point could be evaluated"
        var summary =
            "\(value) after \(runs) points (\(failures) failed) in \(ProgressText.duration(seconds)); \(ending)"
        if resumed > 0 { summary += "\n\(resumed) answers were there already" }
        summary += "\nwritten: \(output), \(bestFile)"
        if outcome == .interrupted { summary += "\ngo on with --resume" }
        return (parts + [summary]).joined(separator: "\n\n")
    }

    private func table(on terminal: Terminal) -> String {
        let hasInterval = estimates.contains { $0.interval != nil }
        let hasProfile = estimates.contains { $0.profile != nil }
        let hasSensitivity = estimates.contains { $0.sensitivity != nil }
        var columns: [Table.Column] = [
            .init("parameter"), .init("best", .right), .init("±", .right), .init("lower", .right),
            .init("upper", .right),
        ]
        if hasInterval { columns.append(.init("90 % of the posterior", .right)) }
        if hasProfile { columns.append(.init("90 % by profile", .right)) }
        if hasSensitivity { columns.append(.init("sensitivity", .right)) }
        var table = Table(columns)
        for estimate in estimates {
            var row = [
                estimate.name, significant(estimate.value), estimate.standardDeviation.map(significant) ?? "",
                estimate.lower.map(significant) ?? "fixed", estimate.upper.map(significant) ?? "",
            ]
            if hasInterval {
                row.append(estimate.interval.map { "\(significant($0[0])) … \(significant($0[1]))" } ?? "")
            }
            if hasProfile {
                let ends = estimate.profile?.map { $0.map(significant) ?? "?" }
                row.append(ends?.joined(separator: " … ") ?? "")
            }
            if hasSensitivity { row.append(estimate.sensitivity.map(significant) ?? "") }
            table.add(row)
        }
        return table.rendered(on: terminal)
    }
}
