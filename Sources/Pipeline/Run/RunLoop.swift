import Archive
import Flow

/// How a run loop ended.
enum RunEnding {
    /// The end time is reached, or the step at which the case ends in any case.
    case completed
    /// The flow lost density, pressure or finiteness.
    case diverged(RunFailure)
    /// A signal came in.
    case interrupted(ExitStatus)
    /// The case's budget of wall time is spent.
    case outOfBudget
}

/// Advances a computation from where it stands to its end, and records on the way.
final class RunLoop {
    private let plan: RunPlan
    private let computation: any FlowComputation
    private let schedule: OutputSchedule
    private let recorder: RunRecorder
    private let progress: ProgressReporter
    private let started = monotonicSeconds()
    private let secondsBefore: Double
    private var lastCheckpoint: Double
    private var timeStep = 0.0
    /// Wall-clock seconds spent in the solver alone.
    private(set) var solverSeconds = 0.0
    /// Whether the state was recorded before a checkpoint that this run goes on from.
    private var isRecorded: Bool

    init(
        _ plan: RunPlan, _ computation: any FlowComputation, schedule: OutputSchedule, recorder: RunRecorder,
        progress: ProgressReporter, resumed: RunCheckpoint?
    ) {
        self.plan = plan
        self.computation = computation
        self.schedule = schedule
        self.recorder = recorder
        self.progress = progress
        secondsBefore = resumed?.seconds ?? 0
        isRecorded = resumed != nil
        lastCheckpoint = started
    }

    /// Wall-clock seconds of this call.
    var seconds: Double { monotonicSeconds() - started }

    /// Runs to the end of the case, to its first failure, or until somebody asks to stop. Throws
    /// `ArchiveError` where the results cannot be written.
    func run() throws -> RunEnding {
        defer { progress.finish() }
        do {
            while true {
                // Looks at every cell: a state that passes is fit to be written.
                let limit = try timed { try computation.stableTimeStep() }
                if let ending = try visit(limit) { return ending }
                timeStep = schedule.step(from: computation.time, limit: limit)
                try advance()
            }
        } catch let failure as FlowFailure {
            return .diverged(RunFailure(failure))
        } catch let error as ArchiveError where error.kind == .nonFinite {
            return .diverged(RunFailure(error, computation))
        }
    }

    /// Records the present state and tells whether the run ends here.
    private func visit(_ limit: Double) throws -> RunEnding? {
        let isLast =
            schedule.isEnd(computation.time) || computation.step >= plan.flowCase.time.maximumSteps ?? .max
        if !isRecorded {
            try recorder.record(
                computation, timeStep: timeStep, seconds: secondsBefore + seconds, isLast: isLast)
        }
        isRecorded = false
        report()
        if isLast { return .completed }
        guard limit.isFinite, computation.time + limit > computation.time else {
            return .diverged(RunFailure(vanishedTimeStep: limit, computation))
        }
        if let status = Interruption.requested { return .interrupted(status) }
        if let budget = plan.flowCase.time.wallBudget, timeStep > 0, seconds >= budget { return .outOfBudget }
        if monotonicSeconds() - lastCheckpoint >= plan.flowCase.output.checkpointEvery {
            try writeCheckpoint()
        }
        return nil
    }

    private func advance() throws {
        try timed { try computation.advance(by: timeStep) }
        recorder.count(computation)
    }

    /// Brings the run file and a checkpoint to disk. Before the first step there is nothing to keep.
    func writeCheckpoint() throws {
        lastCheckpoint = monotonicSeconds()
        guard computation.step > 0 else { return }
        try recorder.writer.flush()
        try RunCheckpoint(
            step: computation.step, time: computation.time, fallbackFaces: recorder.pendingFallbackFaces,
            seconds: secondsBefore + seconds
        ).write(plan, of: computation)
    }

    /// Writes what can be said once the end is reached.
    func recordEnd() throws { try recorder.finish(computation) }

    private func timed<Result>(_ body: () throws -> Result) rethrows -> Result {
        let before = monotonicSeconds()
        defer { solverSeconds += monotonicSeconds() - before }
        return try body()
    }

    private func report() {
        progress.update(
            RunProgress(
                step: computation.step, maximumSteps: plan.flowCase.time.maximumSteps, time: computation.time,
                endTime: schedule.end, timeStep: timeStep, cells: plan.cells))
    }
}
