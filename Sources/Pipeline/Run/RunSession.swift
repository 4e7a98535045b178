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
        let started = Date()
        let (resumed, writer) = try begin(computation, started: started)
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
        // The file gets its name before the checkpoint goes: one without an unfinished file is only left over.
        let isUnfinished = RunCheckpoint.exists(plan) && RunFileWriter.hasInterruptedRun(plan.output)
        if verb.resume, FileManager.default.fileExists(atPath: plan.output), !isUnfinished {
            let reader = try RunFileReader(plan.output)
            guard isSameCase(reader), reader.status == "completed" else {
                throw ToolError(
                    "\(plan.output) exists already and is not an interrupted run of \(plan.casePath): "
                        + "status \(reader.status)",
                    advice: "name another --output, or start afresh with --overwrite")
            }
            RunCheckpoint.remove(plan)
            if !FileManager.default.fileExists(atPath: XDMFSidecar.path(forRunFile: plan.output)) {
                try XDMFSidecar.write(forRunFile: plan.output)
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

    /// Goes on with what an interrupted run left, where that is asked for and possible; else begins at t = 0.
    private func begin(
        _ computation: any FlowComputation, started: Date
    ) throws -> (RunCheckpoint?, RunFileWriter) {
        let description = plan.description(started: started)
        if verb.resume, let saved = try RunCheckpoint.saved(plan), let writer = try goOn(saved, description) {
            try saved.restore(plan, to: computation)
            console.note("resumed at step \(saved.step), t = \(significant(saved.time))")
            return (saved, writer)
        }
        if verb.resume, !RunCheckpoint.exists(plan) {
            console.note("no checkpoint \(plan.checkpoint): the run begins at t = 0")
        }
        try requireSoundStart(computation)
        // In this order: a checkpoint without the file that it belongs to is of no use.
        RunCheckpoint.remove(plan)
        return (
            nil,
            try RunFileWriter(creating: plan.output, description, overwrite: verb.overwrite || verb.resume)
        )
    }

    /// The file of an interrupted run; nil where it is lost, so that what was in it has to be computed again.
    private func goOn(_ saved: RunCheckpoint, _ description: RunFileDescription) throws -> RunFileWriter? {
        do {
            return try RunFileWriter(
                resuming: plan.output, description, afterStep: saved.step, time: saved.time)
        } catch let error as ArchiveError
            where [.missing, .notHDF5, .truncated, .damaged, .foreign].contains(error.kind)
        {
            let path = "\(plan.output).tmp"
            let isKept = rename(path, "\(path).damaged") == 0
            console.warn(
                "\(error.message): the run begins at t = 0"
                    + (isKept ? "; what is left is kept as \(path).damaged" : ""))
            return nil
        }
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
