import Archive
import Calibration
import Foundation

/// One call of `hugoniot calibrate`: opens the log, searches, writes the result.
struct CalibrationSession {
    let plan: CalibrationPlan
    let verb: CalibrateVerb
    let console: Console

    /// Carries the calibration out. Throws where it cannot begin, or where results cannot be written.
    func run() throws -> CalibrationReport {
        try prepare()
        let lock = try FileLock(plan.lockPath, busy: "another calibration writes \(plan.output)")
        defer { withExtendedLifetime(lock) {} }
        let log = try EvaluationLog(
            plan.logPath, fingerprint: plan.fingerprint, files: plan.files, resume: verb.resume)
        for warning in plan.study.warnings { console.warn(warning) }
        console.note(CalibrationForecast(study: plan.study).text)
        let search = try makeSearch(log)
        defer { search.end() }
        let started = monotonicSeconds()
        let journal = RunJournal(plan.record(started: Date()), warn: console.warn)
        Interruption.listen()
        defer { Interruption.stopListening() }
        do {
            let report = try carryOut(search, log, started)
            journal.end(report.outcome.rawValue, steps: report.runs, seconds: report.seconds)
            return report
        } catch {
            journal.end("failed", seconds: monotonicSeconds() - started)
            throw error
        }
    }

    /// Makes room for what is written. Throws `ToolError` where something is in the way.
    private func prepare() throws {
        let files = FileManager.default
        try plan.result(verb).check(overwrite: verb.overwrite || verb.resume)
        try ProcessLimits.requireRoom(forWorkers: plan.study.options.workers)
        if verb.overwrite {
            if files.fileExists(atPath: plan.folder) { try files.removeItem(atPath: plan.folder) }
        } else if !verb.resume, files.fileExists(atPath: plan.logPath) {
            throw ToolError(
                "\(plan.folder) holds an interrupted calibration",
                advice: "continue it with --resume, or discard it with --overwrite")
        }
        try files.createDirectory(atPath: plan.folder, withIntermediateDirectories: true)
    }

    /// The search on the model itself, or on its surrogate.
    private enum Search {
        case direct(Calibrator)
        case loop(SurrogateLoop)

        func end() {
            switch self {
            case .direct(let calibrator): calibrator.end()
            case .loop(let loop): loop.end()
            }
        }
    }

    private func makeSearch(_ log: EvaluationLog) throws -> Search {
        let model = try plan.makeModel(notice: console.warn)
        if plan.study.posterior.sampling == .hamiltonian,
            try !(plan.study.surrogate.map { try plan.makeModel($0.model) } ?? model).offersDerivatives
        {
            throw ToolError(
                "[posterior] sampler = \"hamiltonian\" needs derivatives, which a model of kind = "
                    + "\"\(plan.study.model.word)\" does not offer",
                advice: "use \"stretch\" or \"metropolis\", or a [surrogate]")
        }
        guard let options = plan.study.surrogate else {
            return .direct(Calibrator(plan.study, model: model, store: log))
        }
        return .loop(
            SurrogateLoop(
                plan.study, truth: model, surrogate: try plan.makeModel(options.model), options: options,
                store: log))
    }

    private func carryOut(
        _ search: Search, _ log: EvaluationLog, _ started: Double
    ) throws -> CalibrationReport {
        let teller = CalibrationTeller(console, budget: plan.study.options.budget)
        let cancelled: @Sendable () -> Bool = { Interruption.requested != nil }
        let finding: CalibrationFinding
        switch search {
        case .direct(let calibrator):
            let isComplete = try calibrator.run(isCancelled: cancelled, observe: teller.tell)
            finding = try CalibrationFinding(calibrator, nil, isComplete: isComplete, observe: teller.tell)
        case .loop(let loop):
            let isComplete = try loop.run(isCancelled: cancelled, observe: teller.tell)
            finding = try CalibrationFinding(
                loop.search, loop, isComplete: isComplete, observe: teller.tell)
        }
        teller.finish()
        let end = finding.isComplete ? nil : Interruption.requested
        try log.synchronise()
        try CalibrationFile.write(finding.record(plan), to: plan.output)
        try AtomicOutput.write(finding.bestText(plan), to: plan.bestPath)
        return CalibrationReport(
            plan, finding, interrupted: end, resumed: log.reused, seconds: monotonicSeconds() - started)
    }
}

/// Tells how a calibration goes: a line that rewrites itself on a terminal, one line a minute elsewhere, or nothing.
final class CalibrationTeller {
    private let console: Console
    private let budget: Int
    private let started = monotonicSeconds()
    private var nextDisplay: Double
    private var stage = ""
    private var hasLine = false

    init(_ console: Console, budget: Int) {
        self.console = console
        self.budget = budget
        nextDisplay = started + (console.errors.isInteractive ? 0 : 60)
    }

    /// Shows where it stands, where that is due.
    func tell(_ progress: Calibrator.Progress) {
        let now = monotonicSeconds()
        guard !console.manner.quiet, now >= nextDisplay else { return }
        let rate = Double(progress.evaluations) / max(now - started, 1e-9)
        var facts = [
            "\(progress.evaluations) of \(budget) points", "best \(progress.best.map(significant) ?? "–")",
            progress.stage,
        ]
        if progress.failures > 0 { facts.insert("\(progress.failures) failed", at: 1) }
        facts.append(
            "at most \(ProgressText.duration(Double(max(0, budget - progress.evaluations)) / rate)) left")
        let line = facts.joined(separator: "  ")
        let isBar = console.errors.isInteractive
        console.writeToErrors(isBar ? "\r\(line)\u{1B}[K" : line + "\n")
        hasLine = isBar
        nextDisplay = now + (isBar ? 0.5 : 60)
    }

    /// Removes the line.
    func finish() {
        if hasLine { console.writeToErrors("\r\u{1B}[K") }
        hasLine = false
    }
}
