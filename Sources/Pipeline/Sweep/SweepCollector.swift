import Archive
import Datasets
import Foundation

/// Brings results to their places in the dataset file.
final class SweepCollector {
    private let plan: SweepPlan
    private let registry: SweepRegistry
    private let writer: DatasetFileWriter

    /// Opens the dataset file, taking up an interrupted one where it is sound: the results lie beside it, so that a
    /// damaged one is written again. Throws `ArchiveError`.
    init(_ plan: SweepPlan, _ registry: SweepRegistry, resume: Bool) throws {
        self.plan = plan
        self.registry = registry
        let description = plan.description()
        if resume, DatasetFileWriter.isInterrupted(plan.output) {
            do {
                writer = try DatasetFileWriter(resuming: plan.output, description)
                return
            } catch let error as ArchiveError
                where [.busy, .diskFull, .unwritable, .inputOutput].contains(error.kind)
            {
                throw error
            } catch {}
        }
        writer = try DatasetFileWriter(creating: plan.output, description, overwrite: true)
    }

    /// Makes registry, results and dataset agree after any kind of end: results that are there are taken, samples
    /// whose results are gone are pending again, and so are those that failed for no reason of their own. Throws
    /// `ArchiveError`.
    func takeUp() throws {
        for sample in try registry.samples() {
            var found = sample
            if sample.state == .completed, writer.statuses[sample.number] == .completed { continue }
            if let text = try deliver(sample.number) {
                if let report = try? JSONDecoder().decode(SampleReport.self, from: Data(text.utf8)) {
                    found.complete(report)
                }
            } else if sample.state != .failed || [.died, .machine, .timeout, .other].contains(sample.failure)
            {
                found = SweepSample(number: sample.number, recipe: sample.recipe)
            }
            if found != sample { try registry.update(found) }
        }
    }

    /// Writes the result of a sample to its place; nil where there is none. Returns what was said about it. Throws
    /// `ArchiveError`.
    func deliver(_ number: Int) throws -> String? {
        let path = plan.resultPath(number)
        guard let found = SampleFile.read(path, fingerprint: plan.fingerprint) else { return nil }
        try writer.write(found.sample, at: number)
        return found.report
    }

    /// Lists the failures, and gives the file its statistics and its name. Throws `ArchiveError`.
    func finish() throws {
        for sample in try registry.samples() where sample.state == .failed {
            try writer.fail(at: sample.number, reason: sample.reason ?? "unknown")
        }
        try writer.finishWithStatistics()
    }

    /// Closes the file as it is.
    func close() { try? writer.close() }
}
