import Archive
import Foundation

/// The folder beside a dataset in which its sweep keeps what it needs to go on after any kind of end.
final class SweepStore {
    let plan: SweepPlan
    let registry: SweepRegistry
    private let lock: FileLock

    /// Opens the folder and its registry, and lists the samples in a new one.
    ///
    /// - Parameter isShared: Whether other tasks of a cluster work on the same samples.
    /// - Throws: `ToolError` or `ArchiveError` where another sweep has the folder, it belongs to another campaign, or
    ///   it cannot be written.
    init(_ plan: SweepPlan, resume: Bool, overwrite: Bool, isShared: Bool = false) throws {
        self.plan = plan
        try plan.result.check(overwrite: overwrite || resume)
        try ProcessLimits.requireRoom(forWorkers: plan.workers)
        guard resume || overwrite || !FileManager.default.fileExists(atPath: plan.registryPath) else {
            throw ToolError(
                "\(plan.output) has an interrupted sweep beside it (\(plan.folder))",
                advice: "go on with --resume, or start afresh with --overwrite")
        }
        try Self.makeFolder(plan.folder)
        lock = try FileLock(
            plan.lockPath, isShared: isShared,
            busy: "another sweep writes \(plan.output); wait for it, or name another --output")
        registry = try SweepRegistry(path: plan.registryPath)
        try begin(overwrite: overwrite)
    }

    private func begin(overwrite: Bool) throws {
        let found = try registry.fingerprint()
        if found == nil || overwrite {
            removeResults()
            return try registry.begin(fingerprint: plan.fingerprint, plan.registrySamples())
        }
        let count = try registry.counts().values.reduce(0, +)
        guard found == plan.fingerprint, count == plan.recipes.count else {
            throw ToolError(
                "\(plan.folder) belongs to another campaign: the sweep file, its base case, the number of samples or "
                    + "the program's version differ",
                advice: "take back the change, or start afresh with --overwrite")
        }
    }

    /// Removes results and logs, which a finished dataset makes superfluous. The registry stays, and says what
    /// happened; so do the logs of samples that failed.
    func removeResults(keepingLogs: Bool = false) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: plan.folder)) ?? []
        for name in names where name.hasPrefix("sample-") && !(keepingLogs && name.hasSuffix(".log")) {
            unlink(plan.folder + "/" + name)
        }
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ToolError(
                "the folder \(path) cannot be made: \(error.localizedDescription)",
                advice: "name another --output")
        }
    }
}
