import Archive
import Foundation

/// What a model file tells besides the weights.
public struct ModelDescription: Sendable {
    /// The table `[model]`, as TOML.
    public var model: String
    /// What is given and predicted.
    public var layout: FieldLayout
    /// Of the channels given.
    public var inputs: ChannelNormaliser
    /// Of the channels predicted.
    public var outputs: ChannelNormaliser
    /// The training file; empty where there was none.
    public var training: String
    /// SHA-256 of the dataset file.
    public var datasetSHA256: String
    /// The program's version.
    public var toolVersion: String
    /// One entry an epoch.
    public var history: [EpochRecord]
    /// The epoch whose weights these are.
    public var bestEpoch: Int?
    /// How it predicts.
    public var prediction = PredictionOptions()

    static let format = "hugoniot-model"
    private static let newestVersion = 1

    /// The texts of the model file.
    func metadata() throws -> [String: String] {
        [
            "format": Self.format, "format_version": "\(Self.newestVersion)", "model": model,
            "layout": try Self.json(layout),
            "normalisers": try Self.json(Normalisers(inputs: inputs, outputs: outputs)), "training": training,
            "dataset_sha256": datasetSHA256, "tool_version": toolVersion, "history": try Self.json(history),
            "prediction": try Self.json(prediction),
            "metrics": try Self.json(metrics),
        ]
    }

    /// The measures of the kept weights, by name.
    public var metrics: [String: Double] {
        guard let record = history.first(where: { $0.epoch == bestEpoch }) ?? history.last else { return [:] }
        var metrics = ["epoch": Double(record.epoch), "training_loss": record.trainingLoss]
        metrics["validation_loss"] = record.validationLoss
        metrics["validation_relative_l2"] = record.validationError
        return metrics
    }

    /// Throws ``TrainingError`` where the texts are those of no model, of a newer one, or damaged.
    init(_ metadata: [String: String], path: String) throws {
        guard metadata["format"] == Self.format else {
            throw TrainingError(
                "\(path) is no model of this program: its metadata has no format = \"\(Self.format)\"",
                advice: "models of other programs are read through ONNX or their own tools")
        }
        guard let version = metadata["format_version"].flatMap({ Int($0) }), version <= Self.newestVersion
        else {
            throw TrainingError(
                "\(path) has format_version \(metadata["format_version"] ?? "none"), known is up to \(Self.newestVersion)",
                advice: "install a newer version")
        }
        let normalisers: Normalisers = try Self.decode("normalisers", metadata, path)
        (inputs, outputs) = (normalisers.inputs, normalisers.outputs)
        layout = try Self.decode("layout", metadata, path)
        history = metadata["history"] == nil ? [] : try Self.decode("history", metadata, path)
        model = metadata["model"] ?? ""
        training = metadata["training"] ?? ""
        datasetSHA256 = metadata["dataset_sha256"] ?? ""
        toolVersion = metadata["tool_version"] ?? ""
        let metrics: [String: Double] =
            metadata["metrics"] == nil ? [:] : try Self.decode("metrics", metadata, path)
        bestEpoch = metrics["epoch"].flatMap { Int(exactly: $0) }
        if metadata["prediction"] != nil { prediction = try Self.decode("prediction", metadata, path) }
        try check(path)
    }

    init(_ plan: TrainingPlan, datasetSHA256: String, toolVersion: String) {
        model = plan.modelText
        layout = plan.layout
        (inputs, outputs) = (plan.inputs, plan.outputs)
        training = plan.file.text
        self.datasetSHA256 = datasetSHA256
        self.toolVersion = toolVersion
        history = []
        prediction = plan.prediction
    }

    private struct Normalisers: Codable {
        var inputs: ChannelNormaliser
        var outputs: ChannelNormaliser
    }

    private func check(_ path: String) throws {
        let fits = { (normaliser: ChannelNormaliser, count: Int) in
            normaliser.mean.count == count && normaliser.deviation.count == count
                && normaliser.mean.allSatisfy(\.isFinite)
                && normaliser.deviation.allSatisfy { $0.isFinite && $0 > 0 }
        }
        guard (1...3).contains(layout.cellShape.count),
            layout.cellShape.allSatisfy({ (1...1 << 24).contains($0) }),
            fits(inputs, layout.givenChannels.count), fits(outputs, layout.outputChannels.count),
            layout.constants.allSatisfy(layout.givenChannels.indices.contains),
            !layout.outputChannels.isEmpty,
            prediction.symmetries.allSatisfy({ $0.fits(layout.cellShape.count) })
        else { throw TrainingError("\(path) is damaged: its channels and normalisers do not fit each other") }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decode<Value: Decodable>(
        _ key: String, _ metadata: [String: String], _ path: String
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data((metadata[key] ?? "").utf8))
        } catch {
            throw TrainingError("\(path) is damaged: \"\(key)\" in its metadata is not understood")
        }
    }
}
