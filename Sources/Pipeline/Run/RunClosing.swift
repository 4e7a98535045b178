import Archive
import Flow
import Foundation

/// Closes a run's files in the way that fits its ending, and sums the run up.
struct RunClosing {
    let plan: RunPlan
    let verb: RunVerb
    let console: Console

    /// Completes the run file, or leaves it with a checkpoint to go on from. Throws `ArchiveError`.
    func close(_ ending: RunEnding, writer: RunFileWriter, loop: RunLoop) throws {
        switch ending {
        case .completed:
            try loop.recordEnd()
            try writer.finish()
            RunCheckpoint.remove(plan)
        case .diverged:
            // What was reached is worth looking at: the snapshots before, and the history.
            try writer.finish(status: "diverged")
            RunCheckpoint.remove(plan)
        case .interrupted, .outOfBudget:
            try loop.writeCheckpoint()
            try writer.suspend()
        }
    }

    /// What came of the run; what a person has to know is said on standard error.
    func report(
        _ ending: RunEnding, _ computation: any FlowComputation, loop: RunLoop, firstStep: Int
    ) -> RunReport {
        var report = RunReport(
            plan, steps: computation.step - firstStep, time: computation.time, seconds: loop.seconds,
            solverSeconds: loop.solverSeconds, storedBytes: computation.storedBytes)
        switch ending {
        case .completed: report.message = limitNote(computation)
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

    private func limitNote(_ computation: any FlowComputation) -> String? {
        guard let limit = plan.flowCase.time.maximumSteps, computation.step >= limit,
            !OutputSchedule(plan.flowCase).isEnd(computation.time)
        else { return nil }
        return "stopped at time.maximum_steps = \(limit), before t = \(significant(plan.flowCase.time.end))"
    }

    private func resumption(_ computation: any FlowComputation) -> String {
        computation.step == 0
            ? "nothing was computed yet; start again with --resume"
            : "the checkpoint \(plan.checkpoint) holds step \(computation.step); go on with the same command and --resume"
    }
}
