import Archive
import Figures
import Foundation
import Notebooks
import Schema

/// Trains a model.
struct TrainCell: CellVerb {
    let name = "train"
    let version = 1

    private static let config = Key<String>.text("config", "The training file.")
    private static let data = Key<String>.text("data", "The dataset.").optional(
        otherwise: "that of the needed sweep, else as the training file says")
    private static let epochs = Key<Int>.integer("epochs", 1...1_000_000, "Passes over the training split.")
        .optional(otherwise: "as the training file says")
    private static let seed = Key<Int>.integer("seed", 0...Int.max, "Selects all random numbers.").optional(
        otherwise: "the notebook's")
    private static let threads = Key<Int>.integer("threads", 0...4096, "Threads, 0 for all.").optional(
        otherwise: "as the training file says")
    private static let isScored = Key<Bool>.flag(
        "score", default: true, "Whether the model is scored on the test splits of the dataset.")

    var schema: TableSchema {
        TableSchema(
            "Trains a model. Its values: `parameters`, `epochs`, `steps`, `best.epoch`, `validation.loss`, "
                + "`validation.relative_l2`, and of every test split `test.relative_l2`, `test.score`, …; `file` is the "
                + "model.", [Self.config, Self.data, Self.epochs, Self.seed, Self.threads, Self.isScored])
    }

    func inputs(_ body: CellBody) throws -> [String] {
        let config = try body.existingFile("config").map(ReferencedFiles.of) ?? []
        let data = try body.existingFile("data").map { [$0] } ?? []
        return config + data.filter { !config.contains($0) }
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let output = context.folder + "/model.safetensors"
        let isResumed = CellSupport.has(".checkpoint.safetensors", in: context.folder)
        let dataset = body.path("data") ?? context.neededFile("dataset")
        let verb = TrainVerb(
            path: body.path("config") ?? "", dataset: dataset, output: output, resume: isResumed,
            overwrite: !isResumed, epochs: body[Self.epochs],
            seed: body[Self.seed].map { UInt64($0) } ?? context.seed, threads: body[Self.threads])
        let plan = try TrainPlan(verb)
        let report = try TrainSession(train: plan, verb: verb, console: CellSupport.console).run()
        try CellSupport.require(report.status, nil)
        var values: [NamedValue] = [
            .count("parameters", report.parameters), .count("epochs", report.epochs),
            .count("steps", report.steps),
        ]
        if let best = report.best {
            values.append(.count("best.epoch", best.epoch))
            values += [
                .number("training.loss", best.trainingLoss), .number("validation.loss", best.validationLoss),
                .number("validation.relative_l2", best.validationError),
            ].compactMap { $0 }
        }
        if body[Self.isScored] { values += try scores(output, plan.plan.file.datasetPath) }
        values.append(NamedValue("seconds", .number(report.seconds), isVolatile: true))
        var result = CellResult(values: values, files: ["file": output, "model": output])
        addHistory(plan, to: &result)
        return result
    }

    /// Scores of test splits, where the dataset has some.
    private func scores(_ model: String, _ dataset: String) throws -> [NamedValue] {
        let splits = try DatasetFileReader(dataset).splits.map(\.name).filter {
            $0 == "test" || $0.hasPrefix("test_")
        }
        guard !splits.isEmpty else { return [] }
        let report = try ScoreVerb(path: model, dataset: dataset, splits: splits, hasBaselines: false)
            .perform(on: CellSupport.console)
        return report.scores.flatMap { ScoreCell.values($0, prefix: $0.split) }
    }

    private func addHistory(_ plan: TrainPlan, to result: inout CellResult) {
        for (role, path) in [("history", plan.tablePath), ("picture", plan.picturePath)]
        where FileManager.default.fileExists(atPath: path) { result.files[role] = path }
        guard result.files["picture"] != nil else { return }
        result.figures.append(
            CellFigure(
                "history", file: "picture", alternative: "The losses over the epochs of the training",
                caption: "", data: plan.seriesOfHistory()))
    }
}

extension TrainPlan {
    /// The digests of the losses in the table of the history.
    fileprivate func seriesOfHistory() -> [SeriesDigest] {
        let text = (try? String(contentsOfFile: tablePath, encoding: .utf8)) ?? ""
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let names = rows.first else { return [] }
        return names.enumerated().filter { $0.element.contains("loss") || $0.element.contains("relative") }
            .map {
                index, name in
                SeriesDigest(
                    name, rows.dropFirst().map { index < $0.count ? Double($0[index]) ?? .nan : .nan })
            }
    }
}
