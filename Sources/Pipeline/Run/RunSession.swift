import Archive
import Flow
import Foundation

/// One call of `hugoniot run`: opens the files, runs the loop, and closes the files in the way that fits its
/// ending.
struct RunSession {
    let plan: RunPlan
    let verb: RunVerb
    let console: Console

    /// Computes the case. Throws where it cannot begin, or where results cannot be written.
    func run() throws -> RunReport {
        if let done = try finishedBefore() { return done }
        let computation = try FlowSolverFactory.make(plan.flowCase)
        let resumed = try takeUp(computation)
        if resumed == nil { try requireSoundStart(computation) }
        let started = Date()
        let writer = try makeWriter(resumed, started: started)
        if resumed == nil { RunCheckpoint.remove(plan) }
        let journal = RunJournal(plan.record(started: started), warn: console.warn)
        let schedule = OutputSchedule(plan.flowCase)
        let recorder = RunRecorder(
            plan, schedule: schedule, writer: writer, pendingFallbackFaces: resumed?.fallbackFaces ?? 0)
        let loop = RunLoop(
            plan, computation, schedule: schedule, recorder: recorder, progress: console.progress(),
            resumed: resumed)
        Interruption.listen()
        defer { Interruption.stopListening() }
        do {
            let ending = try loop.run()
            let closing = RunClosing(plan: plan, verb: verb, console: console)
            try closing.close(ending, writer: writer, loop: loop)
            let report = closing.report(ending, computation, loop: loop, firstStep: resumed?.step ?? 0)
            journal.end(report.registryStatus, steps: report.steps, seconds: report.seconds)
            return report
        } catch {
            try? writer.suspend()
            journal.end("failed", steps: computation.step - (resumed?.step ?? 0), seconds: loop.seconds)
            throw error
        }
    }

    /// Refuses what would overwrite; nil where there is something to compute.
    private func finishedBefore() throws -> RunReport? {
        if verb.resume, FileManager.default.fileExists(atPath: plan.output), !RunCheckpoint.exists(plan) {
            let reader = try RunFileReader(plan.output)
            guard reader.caseText == plan.file.text, reader.status == "completed" else {
                throw ToolError(
                    "\(plan.output) exists already and is not an interrupted run of \(plan.casePath): "
                        + "status \(reader.status)",
                    advice: "name another --output, or start afresh with --overwrite")
            }
            return RunReport.complete(plan, time: reader.times.last ?? 0)
        }
        try AtomicOutput.check(plan.output, overwrite: verb.overwrite || verb.resume)
        guard verb.overwrite || verb.resume || !RunFileWriter.hasInterruptedRun(plan.output) else {
            throw ToolError(
                "\(plan.output) has an interrupted run beside it (\(plan.output).tmp)",
                advice: "go on with --resume, or start afresh with --overwrite")
        }
        return nil
    }

    /// Takes up the checkpoint, where that is asked for and there is one.
    private func takeUp(_ computation: any FlowComputation) throws -> RunCheckpoint? {
        guard verb.resume else { return nil }
        guard RunCheckpoint.exists(plan) else {
            console.note("no checkpoint \(plan.checkpoint): the run begins at t = 0")
            return nil
        }
        let checkpoint = try RunCheckpoint.restore(plan, to: computation)
        console.note("resumed at step \(checkpoint.step), t = \(significant(checkpoint.time))")
        return checkpoint
    }

    private func makeWriter(_ resumed: RunCheckpoint?, started: Date) throws -> RunFileWriter {
        let description = plan.description(started: started)
        guard let resumed else {
            return try RunFileWriter(
                creating: plan.output, description, overwrite: verb.overwrite || verb.resume)
        }
        return try RunFileWriter(
            resuming: plan.output, description, afterStep: resumed.step, time: resumed.time)
    }

    /// A start without positive density and pressure is a mistake in the case, found before anything is
    /// written.
    private func requireSoundStart(_ computation: any FlowComputation) throws {
        do {
            _ = try computation.stableTimeStep()
        } catch {
            let what = RunFailure(error).description.replacing(
                "the flow diverged at step 0, time 0, in", with: "in")
            throw ToolError(
                "\(plan.casePath): the initial state is not physical: \(what)",
                advice: "density and pressure have to be positive and finite in every cell")
        }
    }
}
