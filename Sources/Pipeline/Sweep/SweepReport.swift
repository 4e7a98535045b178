import Archive
import Foundation

/// The summary of a sweep.
public struct SweepReport: VerbReport {
    /// How a sweep ended, in a word.
    public enum Outcome: String, Sendable, Codable {
        /// The dataset is written.
        case completed
        /// Stopped by a signal; can be resumed.
        case interrupted
        /// Stopped because too many samples failed; can be resumed.
        case stopped
        /// Nothing was computed, because nothing was asked for.
        case planned
        /// A cluster computes it.
        case submitted
    }

    /// A sample that failed.
    public struct Failure: Encodable, Sendable {
        /// The number of the sample.
        public var sample: Int
        /// The kind of failure.
        public var kind: String
        /// The reason.
        public var reason: String
    }

    /// How the sweep ended, as an exit code.
    public var status = ExitStatus.done
    /// How the sweep ended, in a word.
    public var outcome = Outcome.completed
    /// The campaign's title.
    public var title: String
    /// The dataset file.
    public var output: String
    /// The list of all samples, with what they were computed from (SQLite).
    public var registry: String
    /// The samples of the campaign.
    public var samples: Int
    /// How many are completed.
    public var completed: Int
    /// How many of the completed ones ended in which way: `converged`, `averaged`, `completed`.
    public var endings: [String: Int]
    /// Those that failed.
    public var failures: [Failure]
    /// Steps of all completed samples.
    public var steps: Int
    /// Wall time of this call.
    public var seconds: Double
    /// What would be computed and how long that takes, where only that was asked for.
    public var estimate: SweepEstimate.Result?
    /// What a person should know besides.
    public var message: String?

    init(_ plan: SweepPlan, _ samples: [SweepSample], seconds: Double) {
        title = plan.campaign.title
        output = plan.output
        registry = plan.registryPath
        self.samples = plan.recipes.count
        let done = samples.filter { $0.state == .completed }
        completed = done.count
        endings = Dictionary(done.compactMap { $0.ending.map { ($0, 1) } }, uniquingKeysWith: +)
        failures = samples.filter { $0.state == .failed }.map {
            Failure(sample: $0.number, kind: $0.failure?.rawValue ?? "other", reason: $0.reason ?? "unknown")
        }
        steps = done.reduce(0) { $0 + ($1.steps ?? 0) }
        self.seconds = seconds
        if completed == 0, !failures.isEmpty { status = .failed }
    }

    /// The word under which the registry of runs lists this ending.
    var registryStatus: String {
        status == .failed ? "failed" : outcome == .completed ? "completed" : "interrupted"
    }

    mutating func end(_ stop: SweepLoop.Stop?) {
        switch stop {
        case nil: break
        case .signal(let status):
            (self.status, outcome) = (status, .interrupted)
            message = "interrupted; go on with the same command and --resume"
        case .machine(let count):
            (status, outcome) = (.failed, .stopped)
            message =
                "stopped: the machine failed to read or write \(count) samples, which are not to blame; go on with --resume"
        case .tooManyFailures(let count):
            (status, outcome) = (.failed, .stopped)
            message = "stopped: \(count) samples failed, more than run.maximum_failures; go on with --resume"
        }
    }

    /// A summary, not an answer: `--quiet` hides it. A plan is what was asked for.
    public var isAnswer: Bool { outcome == .planned }

    /// A few lines for people.
    public func text(on terminal: Terminal) -> String {
        if let estimate { return terminal.styled(title, .bold) + "\n" + estimate.text(on: terminal) }
        var lines = [
            "\(terminal.styled(title, .bold)): \(completed) of \(samples) samples"
                + (endings.isEmpty ? "" : " (\(endingsText))")
                + (failures.isEmpty ? "" : ", \(failures.count) failed")
                + (seconds > 0 ? " in \(ProgressText.duration(seconds))" : "")
        ]
        lines += failureLines
        switch outcome {
        case .completed: lines.append("written: \(output)")
        case .interrupted, .stopped: lines.append("unfinished: \(output).tmp")
        case .planned, .submitted: break
        }
        if !failures.isEmpty { lines.append("inputs and reasons of all samples: \(registry)") }
        if let message { lines.append(message) }
        return lines.joined(separator: "\n")
    }

    private var endingsText: String {
        endings.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    /// The first failures of each kind.
    private var failureLines: [String] {
        let kinds = Dictionary(grouping: failures, by: \.kind).sorted { $0.key < $1.key }
        return kinds.flatMap { kind, list in
            ["  \(list.count) \(kind):"] + list.prefix(3).map { "    sample \($0.sample): \($0.reason)" }
                + (list.count > 3 ? ["    …"] : [])
        }
    }
}
