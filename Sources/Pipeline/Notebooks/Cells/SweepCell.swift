import Datasets
import Notebooks
import Schema

/// Computes a dataset.
struct SweepCell: CellVerb {
    let name = "sweep"
    let version = 1

    private static let config = Key<String>.text("config", "The sweep file.")
    private static let limit = Key<Int>.integer("limit", 1...Int.max, "Only so many samples, the first.")
        .optional(
            otherwise: "all")
    private static let workers = Key<Int>.integer(
        "workers", 1...4096, "Samples that run at the same time."
    ).optional(otherwise: "as the sweep file says")

    var schema: TableSchema {
        TableSchema(
            "Computes the samples of a campaign. Its values: `samples`, `completed`, `failures`, `steps`; `file` is the "
                + "dataset.", [Self.config, Self.limit, Self.workers])
    }

    func inputs(_ body: CellBody) throws -> [String] {
        guard let path = try body.existingFile("config") else { return [] }
        let listed = (try? Campaign.read(path: path))?.inputFiles ?? []
        let found = ReferencedFiles.of(path)
        return found + listed.filter { !found.contains($0) }
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let output = context.folder + "/dataset.h5"
        let isResumed = CellSupport.has(".sweep", in: context.folder)
        let report = try SweepVerb(
            sweepPath: body.path("config") ?? "", output: output, resume: isResumed, overwrite: !isResumed,
            workers: body[Self.workers], limit: body[Self.limit]
        ).perform(on: CellSupport.console)
        let reason = report.message ?? report.failures.first.map { "sample \($0.sample): \($0.reason)" }
        try CellSupport.require(report.status, reason)
        return CellResult(
            values: [
                .count("samples", report.samples), .count("completed", report.completed),
                .count("failures", report.failures.count), .count("steps", report.steps),
                NamedValue("seconds", .number(report.seconds), isVolatile: true),
            ], files: ["file": output, "dataset": output])
    }
}
