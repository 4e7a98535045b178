import Archive
import Foundation
import Training

/// Where predictions come from.
protocol PredictionSource {
    /// What the table calls them.
    var name: String { get }
    /// Seconds of a prediction; nil where nothing is known.
    var latency: ScoreReport.Latency? { get }
    /// What a prediction costs; nil where nothing is known.
    var cost: ScoreReport.Cost? { get }
    /// Whether a sample is, or can be, predicted.
    func covers(_ sample: Int) -> Bool
    /// What is predicted of a sample, in physical units.
    func predict(_ sample: Int) throws -> [Float]
    /// The splits that are scored where none is named.
    func splits(of reader: DatasetFileReader) -> [(String, [Int])]
}

/// A model that predicts while it is scored.
final class ModelSource: PredictionSource {
    let name: String
    private let model: TrainedModel
    private let reader: DatasetFileReader
    private var seconds: [Double] = []

    /// Reads the model. Throws `ArchiveError` and `TrainingError` where it does not fit the dataset.
    init(_ path: String, reader: DatasetFileReader) throws {
        model = try TrainedModel(reading: path)
        try model.check(reader)
        self.reader = reader
        name = path.stem
        // The first prediction compiles the network for the grid.
        if let first = reader.statuses.firstIndex(of: .completed) { _ = try model.predict(first, of: reader) }
    }

    func covers(_ sample: Int) -> Bool { true }

    func predict(_ sample: Int) throws -> [Float] {
        let inputs = try model.inputs(sample, of: reader)
        let start = monotonicSeconds()
        defer { seconds.append(monotonicSeconds() - start) }
        return try model.predict(inputs)
    }

    func splits(of reader: DatasetFileReader) -> [(String, [Int])] {
        reader.splits.filter { $0.name.hasPrefix("test") }.map { split in
            (split.name, split.samples.filter { reader.statuses[$0] == .completed })
        }.filter { !$0.1.isEmpty }
    }

    var latency: ScoreReport.Latency? { ScoreReport.Latency(seconds) }

    var cost: ScoreReport.Cost? {
        ScoreReport.Cost(
            parameters: model.parameterCount, operations: model.arithmetic(cellShape: reader.cellShape),
            predictionsPerSecond: Double(seconds.count) / max(1e-9, seconds.reduce(0, +)),
            peakBytes: PeakMemory.bytes)
    }
}

/// A file of predictions.
struct StoredPredictions: PredictionSource {
    let name: String
    private let file: PredictionFileReader
    private let places: [Int: Int]

    /// Opens a prediction file. Throws `ArchiveError`, and `ToolError` where it does not fit the dataset.
    init(_ path: String, reader: DatasetFileReader) throws {
        file = try PredictionFileReader(path)
        guard file.sampleShape == reader.outputShape else {
            throw ToolError(
                "\(path) holds predictions of shape \(file.sampleShape), \(reader.path) outputs of shape "
                    + "\(reader.outputShape)")
        }
        let digest = file.origin.datasetSHA256
        if !digest.isEmpty, digest != (try Fingerprint.sha256(ofFile: reader.path)) {
            throw ToolError(
                "\(path) was predicted from another dataset than \(reader.path)",
                advice: "predict again from this one")
        }
        places = Dictionary(zip(file.samples, file.samples.indices)) { first, _ in first }
        name = path.stem
    }

    func covers(_ sample: Int) -> Bool { places[sample] != nil }

    func predict(_ sample: Int) throws -> [Float] {
        guard let place = places[sample] else {
            throw ToolError("sample \(sample) was not predicted")
        }
        return try file.prediction(at: place)
    }

    func splits(of reader: DatasetFileReader) -> [(String, [Int])] {
        reader.splits.filter { $0.name.hasPrefix("test") || $0.name == file.origin.split }.map { split in
            (split.name, split.samples.filter { reader.statuses[$0] == .completed })
        }.filter { !$0.1.isEmpty && $0.1.allSatisfy(covers) }
    }

    var latency: ScoreReport.Latency? { ScoreReport.Latency(file.latencies) }
    var cost: ScoreReport.Cost? { nil }
}
