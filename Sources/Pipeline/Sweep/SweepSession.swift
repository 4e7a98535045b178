import Archive
import Foundation

/// One call of `hugoniot sweep`: opens the files, runs the loop, and closes the files in the way that fits its ending.
struct SweepSession {
    let plan: SweepPlan
    let verb: SweepVerb
    let console: Console

    /// Carries the campaign out. Throws where it cannot begin, or where results cannot be written.
    func run() throws -> SweepReport {
        if let done = try finishedBefore() { return done }
        let started = monotonicSeconds()
        let store = try SweepStore(plan, resume: verb.resume, overwrite: verb.overwrite)
        let collector = try SweepCollector(plan, store.registry, resume: verb.resume)
        try collector.takeUp()
        Interruption.listen()
        defer { Interruption.stopListening() }
        let journal = RunJournal(plan.record(started: Date()), warn: console.warn)
        do {
            let stop = try compute(store, collector)
            let report = try close(stop, store, collector, seconds: monotonicSeconds() - started)
            journal.end(report.registryStatus, steps: report.steps, seconds: report.seconds)
            return report
        } catch {
            collector.close()
            journal.end("failed", seconds: monotonicSeconds() - started)
            throw error
        }
    }

    /// A sweep that was complete before.
    private func finishedBefore() throws -> SweepReport? {
        guard verb.resume, FileManager.default.fileExists(atPath: plan.output),
            !DatasetFileWriter.isInterrupted(plan.output),
            FileManager.default.fileExists(atPath: plan.registryPath)
        else { return nil }
        let store = try SweepStore(plan, resume: true, overwrite: false)
        let samples = try store.registry.samples()
        guard samples.allSatisfy({ $0.state == .completed || $0.state == .failed }) else { return nil }
        var report = SweepReport(plan, samples, seconds: 0)
        report.message = "complete already; nothing to resume"
        return report
    }

    private func compute(_ store: SweepStore, _ collector: SweepCollector) throws -> SweepLoop.Stop? {
        let teller = SweepTeller(console, total: plan.recipes.count, counts: try store.registry.counts())
        defer { teller.finish() }
        return try SweepLoop(plan, store.registry, teller) { try collector.deliver($0) != nil }.run()
    }

    private func close(
        _ stop: SweepLoop.Stop?, _ store: SweepStore, _ collector: SweepCollector, seconds: Double
    ) throws -> SweepReport {
        if stop == nil {
            try collector.finish()
            store.removeResults(keepingLogs: true)
        } else {
            collector.close()
        }
        var report = SweepReport(plan, try store.registry.samples(), seconds: seconds)
        report.end(stop)
        return report
    }
}
