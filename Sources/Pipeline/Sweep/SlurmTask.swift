import Archive
import Foundation

/// One task of a job array: computes samples that nobody else has taken, until none is left. The dataset is left to the
/// last job.
struct SlurmTask {
    let plan: SweepPlan
    let console: Console

    /// Computes samples. Throws where the registry is missing or results cannot be written.
    func run() throws -> SweepReport {
        guard FileManager.default.fileExists(atPath: plan.registryPath) else {
            throw ToolError("there is no registry \(plan.registryPath)", advice: "submit with --slurm")
        }
        let started = monotonicSeconds()
        let store = try SweepStore(plan, resume: true, overwrite: false, isShared: true)
        Interruption.listen()
        defer { Interruption.stopListening() }
        let teller = SweepTeller(console, total: plan.recipes.count, counts: try store.registry.counts())
        let stop = try SweepLoop(plan, store.registry, teller) { _ in true }.run()
        teller.finish()
        var report = SweepReport(plan, try store.registry.samples(), seconds: monotonicSeconds() - started)
        report.outcome = .submitted
        report.end(stop)
        // Failures of samples are told by the job that writes the dataset.
        if stop == nil { report.status = .done }
        return report
    }
}
