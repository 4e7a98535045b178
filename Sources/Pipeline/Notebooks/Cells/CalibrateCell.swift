import Notebooks
import Schema

/// Fits the parameters of a model.
struct CalibrateCell: CellVerb {
    let name = "calibrate"
    let version = 2

    private static let config = Key<String>.text("config", "The calibration file.")
    private static let budget = Key<Int>.integer("budget", 1...Int.max, "Points that may be evaluated.")
        .optional(
            otherwise: "as the calibration file says")
    private static let workers = Key<Int>.integer("workers", 1...4096, "Runs at the same time.").optional(
        otherwise: "as the calibration file says")
    private static let seed = Key<Int>.integer("seed", 0...Int.max, "Selects all random numbers.").optional(
        otherwise: "the notebook's")
    private static let model = Key<String>.text(
        "model", "The trained operator that the search runs on."
    ).optional(otherwise: "as the calibration file says")
    private static let data = Key<String>.text("data", "The dataset that it was trained on.").optional(
        otherwise: "as the calibration file says")

    var schema: TableSchema {
        TableSchema(
            "Fits parameters to observations. Its values: `best.NAME`, `best.value`, `posterior.NAME` (standard "
                + "deviations), `runs`, `failures`, `coverage` of the predictive intervals, on an operator `rounds`, "
                + "`true_runs`, `surrogate_runs`, `saved_runs`, `agrees` (1 or 0) and its errors in standard deviations, "
                + "`error.first` and `error.last`; a table of the parameters; `file` is the result.",
            [Self.config, Self.budget, Self.workers, Self.seed, Self.model, Self.data])
    }

    func inputs(_ body: CellBody) throws -> [String] {
        let config = try body.existingFile("config").map(ReferencedFiles.of) ?? []
        let others = try ["model", "data"].compactMap { try body.existingFile($0) }
        return config + others.filter { !config.contains($0) }
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let output = context.folder + "/result.h5"
        let isResumed = CellSupport.has(".calibration", in: context.folder)
        let report = try CalibrateVerb(
            path: body.path("config") ?? "", output: output, resume: isResumed, overwrite: !isResumed,
            budget: body[Self.budget], workers: body[Self.workers],
            seed: body[Self.seed].map { UInt64($0) } ?? context.seed, operatorPath: body.path("model"),
            dataset: body.path("data")
        ).perform(on: CellSupport.console)
        try CellSupport.require(report.status, report.ending)
        let deviations = report.posterior?.standardDeviation ?? [:]
        let names = report.best.parameters.keys.sorted()
        var values = names.compactMap { NamedValue.number("best.\($0)", report.best.parameters[$0]) }
        values += [NamedValue.number("best.value", report.best.value)].compactMap { $0 }
        values += names.compactMap { .number("posterior.\($0)", deviations[$0]) }
        values += [.count("runs", report.runs), .count("failures", report.failures)]
        values += [NamedValue.number("coverage", report.predictive?.fitted)].compactMap { $0 }
        values += report.surrogate.map(Self.verification) ?? []
        values.append(NamedValue("seconds", .number(report.seconds), isVolatile: true))
        let rows: [[CellValue?]] = names.map { name in
            [
                .text(name), report.best.parameters[name].map { CellSupport.rounded($0) },
                deviations[name].map { CellSupport.rounded($0, digits: 2) },
            ]
        }
        return CellResult(
            values: values, files: ["file": output, "result": output, "best_file": report.bestFile],
            tables: [CellTable("parameters", columns: ["parameter", "best", "±"], rows: rows)])
    }

    /// What the solver was asked where the search ran on an operator.
    private static func verification(_ found: CalibrationReport.Verification) -> [NamedValue] {
        [
            .count("rounds", found.rounds), .count("true_runs", found.trueRuns),
            .count("surrogate_runs", found.surrogateRuns), .count("saved_runs", found.savedRuns),
            .count("agrees", found.agrees ? 1 : 0),
        ]
            + [
                NamedValue.number("error.first", found.errors.first ?? nil),
                .number("error.last", found.errors.last ?? nil),
            ].compactMap { $0 }
    }
}
