import Archive
import Flow
import Foundation

/// Closes a run's files in the way that fits its ending, and sums the run up.
struct RunClosing {
    let plan: RunPlan
    let verb: RunVerb
    let console: Console

    /// Completes the run file, or leaves it to go on from. Throws `ArchiveError`.
    func close(_ ending: RunEnding, _ computation: any FlowComputation, _ recorder: RunRecorder) throws {
        let writer = recorder.writer
        switch ending {
        case .completed, .reachedStepLimit:
            try recordEnd(computation, recorder)
            try writer.finish()
            RunCheckpoint.remove(plan)
        case .diverged:
            // What was reached is worth looking at: the snapshots before, and the history.
            try writer.finish(status: "diverged")
            RunCheckpoint.remove(plan)
        case .interrupted, .outOfBudget:
            try writer.suspend()
        }
    }

    /// A wall that cannot be told in numbers is no reason to lose the run.
    private func recordEnd(_ computation: any FlowComputation, _ recorder: RunRecorder) throws {
        do {
            try recorder.finish(computation)
        } catch let error as ArchiveError where error.kind == .nonFinite {
            console.warn("\(error.message); it was left out")
        }
    }

    /// What came of the run; what a person has to know is said on standard error.
    func report(
        _ ending: RunEnding, _ simulation: Simulation, seconds: Double, firstStep: Int
    ) -> RunReport {
        let computation = simulation.computation
        var report = RunReport(
            plan, steps: computation.step - firstStep, time: computation.time, seconds: seconds,
            solverSeconds: simulation.solverSeconds, storedBytes: computation.storedBytes)
        switch ending {
        case .completed: break
        case .reachedStepLimit:
            report.message =
                "stopped at time.maximum_steps = \(computation.step), "
                + "before t = \(significant(plan.flowCase.time.end))"
        case .diverged(let failure):
            report.outcome = .diverged
            report.status = .failed
            let error = ToolError(
                failure.description, advice: RunFailure.advice(plan.flowCase), status: .failed)
            report.message = error.description
            console.fail(error)
        case .interrupted(let status):
            report.outcome = .interrupted
            report.status = status
            report.message = "interrupted: " + resumption(computation)
        case .outOfBudget:
            report.outcome = .interrupted
            report.status = .interrupted
            report.message = "the wall-time budget is spent: " + resumption(computation)
        }
        return report
    }

    private func resumption(_ computation: any FlowComputation) -> String {
        computation.step == 0
            ? "nothing was computed yet; start again with --resume"
            : "the checkpoint \(plan.checkpoint) holds step \(computation.step); go on with the same command and --resume"
    }
}
