import Archive
import Flow
import Foundation

/// One call of `hugoniot run`: opens the files, runs the loop, and closes the files in the way that fits its
/// ending.
struct RunSession {
    let plan: RunPlan
    let verb: RunVerb
    let console: Console
    /// What looks at the simulation besides.
    var observers: [any SimulationObserver] = []
    /// How the computation is made.
    var make: ComputationMaker = { try FlowSolverFactory.make($0) }

    /// Computes the case. Throws where it cannot begin, or where results cannot be written.
    func run() throws -> RunReport {
        if let done = try finishedBefore() { return done }
        try MemoryEstimate(plan.flowCase).requireRoom()
        let computation = try make(plan.flowCase)
        let resumed = try takeUp(computation)
        if resumed == nil { try requireSoundStart(computation) }
        let started = Date()
        let writer = try makeWriter(resumed, started: started)
        if resumed == nil { RunCheckpoint.remove(plan) }
        let journal = RunJournal(plan.record(started: started), warn: console.warn)
        let clock = RunClock(after: resumed)
        let recorder = RunRecorder(
            plan, schedule: OutputSchedule(plan.flowCase), writer: writer, clock: clock, resumed: resumed)
        Interruption.listen()
        defer { Interruption.stopListening() }
        do {
            let report = try simulate(computation, recorder, clock, firstStep: resumed?.step ?? 0)
            journal.end(report.registryStatus, steps: report.steps, seconds: report.seconds)
            return report
        } catch {
            try? writer.suspend()
            journal.end("failed", steps: computation.step - (resumed?.step ?? 0), seconds: clock.seconds)
            throw error
        }
    }

    /// Runs to the end of the case, to its first failure, or until somebody asks to stop, and closes the files.
    private func simulate(
        _ computation: any FlowComputation, _ recorder: RunRecorder, _ clock: RunClock, firstStep: Int
    ) throws -> RunReport {
        let progress = console.progress()
        let budget = plan.flowCase.time.wallBudget.map { WallBudget(seconds: $0, clock: monotonicSeconds) }
        let own: [any SimulationObserver] = [
            recorder, ProgressObserver(progress, cells: plan.cells), StopWhen.interrupted,
            CheckpointKeeper(plan, recorder, clock),
        ]
        let simulation = Simulation(
            computation, until: SimulationLimits(plan.flowCase),
            observers: own + [budget].compactMap { $0 } + observers)
        let ending = try {
            defer { progress.finish() }
            return try RunEnding(of: simulation)
        }()
        let closing = RunClosing(plan: plan, verb: verb, console: console)
        try closing.close(ending, computation, recorder)
        return closing.report(ending, simulation, seconds: clock.seconds, firstStep: firstStep)
    }

    /// Refuses what would overwrite; nil where there is something to compute.
    private func finishedBefore() throws -> RunReport? {
        try plan.result.check(overwrite: verb.overwrite || verb.resume)
        if verb.resume, FileManager.default.fileExists(atPath: plan.output), !RunCheckpoint.exists(plan) {
            let reader = try RunFileReader(plan.output)
            guard isSameCase(reader), reader.status == "completed" else {
                throw ToolError(
                    "\(plan.output) exists already and is not an interrupted run of \(plan.casePath): "
                        + "status \(reader.status)",
                    advice: "name another --output, or start afresh with --overwrite")
            }
            return RunReport.complete(plan, time: reader.times.last ?? 0)
        }
        guard verb.overwrite || verb.resume || !RunFileWriter.hasInterruptedRun(plan.output) else {
            throw ToolError(
                "\(plan.output) has an interrupted run beside it (\(plan.output).tmp)",
                advice: "go on with --resume, or start afresh with --overwrite")
        }
        return nil
    }

    /// Whether a run file holds what the plan asks for.
    private func isSameCase(_ reader: RunFileReader) -> Bool {
        if reader.caseText == plan.file.text { return true }
        // Paths in the text start from the folder of the case.
        let stored = try? CaseReader.read(text: reader.caseText, file: plan.casePath)
        return stored?.identity == plan.file.identity
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
