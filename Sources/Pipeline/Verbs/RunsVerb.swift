import Archive
import Foundation

/// Lists what ran here.
public struct RunsVerb: Verb {
    /// How many runs, the newest first.
    public var limit: Int

    /// The newest runs.
    public init(limit: Int = 20) { self.limit = limit }

    /// Reads the registry; none yet is an empty list.
    public func perform(on console: Console) throws -> RunsReport {
        let path = RunRegistry.standardPath()
        guard FileManager.default.fileExists(atPath: path) else {
            return RunsReport(registry: path, runs: [])
        }
        do {
            return RunsReport(registry: path, runs: try RunRegistry(path: path).latest(limit))
        } catch {
            throw ToolError(
                "the registry \(path) cannot be read: \(error.localizedDescription)",
                advice: "HUGONIOT_HOME names another folder for it", status: .failed)
        }
    }
}

/// What ran here.
public struct RunsReport: VerbReport {
    /// The registry's file.
    public var registry: String
    /// The newest first.
    public var runs: [RunRecord]

    /// One row a run.
    public func text(on terminal: Terminal) -> String {
        guard !runs.isEmpty else { return "Nothing ran here yet." }
        var table = Table([
            .init("", .right), .init("started"), .init("status"), .init("took", .right),
            .init("steps", .right),
            .init("ns/cell/step", .right), .init("case"), .init("hash"), .init("output"),
        ])
        for run in runs {
            table.add([
                run.id.map(String.init) ?? "", run.started.formatted(.iso8601), run.status,
                run.seconds.map(ProgressText.duration) ?? "–", run.steps.map(String.init) ?? "–",
                run.nanosecondsPerCellStep.map(significant) ?? "–", run.inputPath,
                String(run.inputSHA256.prefix(8)),
                run.outputPath,
            ])
        }
        return table.rendered(on: terminal)
    }
}
