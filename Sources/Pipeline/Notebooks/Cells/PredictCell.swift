import Notebooks
import Schema

/// Predicts the samples of a split.
struct PredictCell: CellVerb {
    let name = "predict"
    let version = 1

    private static let model = Key<String>.text("model", "The model.").optional(
        otherwise: "that of the needed training")
    private static let data = Key<String>.text("data", "The dataset.").optional(
        otherwise: "that of the needed sweep")
    private static let split = Key<String>.text("split", default: "test", "The split.")

    var schema: TableSchema {
        TableSchema(
            "Predicts the samples of a split. Its values: `samples`; `file` is the prediction file.",
            [Self.model, Self.data, Self.split])
    }

    func inputs(_ body: CellBody) throws -> [String] {
        try ["model", "data"].compactMap { try body.existingFile($0) }
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let output = context.folder + "/predictions.h5"
        let report = try PredictVerb(
            model: try CellSupport.file("model", role: "model", body, context),
            dataset: try CellSupport.file("data", role: "dataset", body, context), split: body[Self.split],
            output: output, overwrite: true
        ).perform(on: CellSupport.console)
        return CellResult(
            values: [
                .count("samples", report.samples),
                NamedValue("milliseconds", .number(1e3 * report.medianSeconds), isVolatile: true),
            ], files: ["file": output, "predictions": output])
    }
}
