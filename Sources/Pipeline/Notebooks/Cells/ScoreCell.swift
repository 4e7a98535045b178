import Notebooks
import Schema
import Scoring

/// Scores a model or its predictions.
struct ScoreCell: CellVerb {
    let name = "score"
    let version = 2

    private static let model = Key<String>.text("model", "The model.").optional(
        otherwise: "that of the needed training")
    private static let predictions = Key<String>.text("predictions", "Predictions instead of a model.")
        .optional(
            otherwise: "those of the needed cell")
    private static let data = Key<String>.text("data", "The dataset.").optional(
        otherwise: "that of the needed sweep")
    private static let splits = Field(
        "splits", .list(.text, .any), default: "`test` and all `test_*`", "The splits that are scored.")
    private static let variant = Key<ScoreVerb.Variant>.choice(
        "variant", default: .exact, "How errors are averaged.")
    private static let heatRatio = Key<Double>.number(
        "gamma", .above(1), "The ratio of specific heats of compressible data."
    ).optional(otherwise: "the gas of the dataset's case; 1.4 where the dataset has no case")
    private static let baselines = Key<Bool>.flag(
        "baselines", default: true,
        "Whether mean field, nearest neighbour and linear regression are scored too.")

    var schema: TableSchema {
        TableSchema(
            "Scores a model or its predictions. Its values: `SPLIT.score`, `SPLIT.relative_l2`, `SPLIT.m1`, `SPLIT.m2`, "
                + "`SPLIT.m3`, `SPLIT.drag_error`, those of baselines behind their names; a table of all.",
            [
                Self.model, Self.predictions, Self.data, Self.splits, Self.variant, Self.heatRatio,
                Self.baselines,
            ])
    }

    func inputs(_ body: CellBody) throws -> [String] {
        try ["model", "predictions", "data"].compactMap { try body.existingFile($0) }
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let subject =
            try body.path("predictions") ?? body.path("model") ?? context.neededFile("predictions")
            ?? CellSupport.file("model", role: "model", body, context)
        let data = try CellSupport.file("data", role: "dataset", body, context)
        let report = try ScoreVerb(
            path: subject, dataset: data,
            splits: (body.document.root["splits"]?.elements ?? []).compactMap(\.text),
            variant: body[Self.variant], heatRatio: body[Self.heatRatio], hasBaselines: body[Self.baselines]
        ).perform(on: CellSupport.console)
        let own = report.scores.first?.name
        let values = report.scores.flatMap { score in
            let name = score.name == own ? "" : ".\(score.name.replacing(" ", with: "_"))"
            return Self.values(score, prefix: score.split + name)
        }
        return CellResult(values: values, tables: [table(report.scores, own: own)])
    }

    /// The numbers of a score under a prefix.
    static func values(_ score: Score, prefix: String) -> [NamedValue] {
        [
            NamedValue.number("\(prefix).score", score.overall),
            .number("\(prefix).relative_l2", score.relativeL2), .number("\(prefix).m1", score.global),
            .number("\(prefix).m2", score.boundary), .number("\(prefix).m3", score.physics),
            .number("\(prefix).drag_error", score.dragError),
        ].compactMap { $0 }
    }

    private func rounded(_ value: Double) -> CellValue { CellSupport.rounded(value, digits: 3) }

    private func table(_ scores: [Score], own: String?) -> CellTable {
        CellTable(
            "scores", columns: ["split", "predictor", "samples", "score", "M1", "M2", "M3", "relative L2"],
            rows: scores.map { score in
                [
                    .text(score.split), .text(score.name == own ? "the model" : score.name),
                    .integer(score.samples), rounded(score.overall),
                    rounded(score.global), score.boundary.map(rounded),
                    score.physics.map(rounded), rounded(score.relativeL2),
                ]
            }, caption: "Scores from 0 to 100; larger is better. Relative L2: smaller is better.")
    }
}
