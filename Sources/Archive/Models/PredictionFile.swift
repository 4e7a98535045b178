import Foundation

/// What tells where predictions come from.
public struct PredictionOrigin: Sendable, Equatable {
    /// SHA-256 of the model file.
    public var modelSHA256: String
    /// SHA-256 of the dataset file.
    public var datasetSHA256: String
    /// The split that was predicted.
    public var split: String
    /// The program's version.
    public var toolVersion: String
    /// The names of the predicted channels.
    public var channels: [String]

    /// An origin.
    public init(
        modelSHA256: String, datasetSHA256: String, split: String, toolVersion: String, channels: [String]
    ) {
        self.modelSHA256 = modelSHA256
        self.datasetSHA256 = datasetSHA256
        self.split = split
        self.toolVersion = toolVersion
        self.channels = channels
    }
}

/// Prediction files: `/samples`, `/predictions` (sample, (time,) channel, (z,) y, x; physical units) and
/// `/latency_seconds`.
public final class PredictionFileWriter {
    /// The format's name.
    static let format = "hugoniot-predictions"

    private let partial: PartialFile
    private let file: HDF5File
    private let predictions: HDF5Dataset
    private let shape: [Int]
    private var latencies: [Double] = []

    /// Creates `PATH.tmp`.
    ///
    /// - Parameters:
    ///   - samples: The numbers of the samples in the dataset.
    ///   - sampleShape: The shape of the prediction of one sample: (time,) channel, (z,) y, x.
    /// - Throws: `ArchiveError` where it cannot be written.
    public init(creating path: String, _ origin: PredictionOrigin, samples: [Int], sampleShape: [Int]) throws
    {
        partial = try PartialFile(creating: path)
        shape = [samples.count] + sampleShape
        do {
            file = try HDF5File.create(partial)
            try HugoniotFile.mark(file.root, format: Self.format)
            try file.root.attributes.write([
                "model_sha256": .text(origin.modelSHA256), "dataset_sha256": .text(origin.datasetSHA256),
                "split": .text(origin.split), "tool_version": .text(origin.toolVersion),
            ])
            try file.root.createDataset("samples", samples.map(Int64.init))
            predictions = try file.root.createDataset("predictions", .float32, shape: shape)
            try predictions.attributes.write("channels", .texts(origin.channels))
        } catch let error as HDF5Error {
            partial.discard()
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Adds the prediction of the next sample. Throws `ArchiveError`.
    public func append(_ values: [Float], latency: Double) throws {
        try explaining {
            try predictions.write(values, at: .row(latencies.count, ofShape: shape))
        }
        latencies.append(latency)
    }

    /// Completes the file and gives it its name. Throws `ArchiveError`.
    public func finish() throws {
        try explaining {
            try file.root.createDataset("latency_seconds", latencies)
            try partial.commit(closing: file)
        }
    }

    /// Removes what was written.
    public func discard() {
        try? file.close()
        partial.discard()
    }

    private func explaining(_ body: () throws -> Void) throws {
        do { try body() } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, partial.output)
        }
    }
}

/// Reads prediction files, those of other programs too.
public final class PredictionFileReader: Sendable {
    /// Where the predictions come from; empty texts where the file does not say it.
    public let origin: PredictionOrigin
    /// The numbers of the samples in the dataset.
    public let samples: [Int]
    /// The shape of the prediction of one sample: (time,) channel, (z,) y, x.
    public let sampleShape: [Int]
    /// Seconds of each prediction; empty where the file does not tell.
    public let latencies: [Double]
    private let path: String
    private let file: HDF5File
    private let predictions: HDF5Dataset
    private let shape: [Int]

    /// Opens a file. Throws `ArchiveError` for a foreign, truncated or contradictory one.
    public init(_ path: String) throws {
        self.path = path
        file = try HugoniotFile.open(path, format: PredictionFileWriter.format)
        do {
            let root = file.root
            let text = { (name: String) in try root.attributes.read(name)?.text ?? "" }
            predictions = try root.dataset("predictions")
            shape = try predictions.shape()
            let numbers: [Int64] = try root.dataset("samples").read()
            samples = numbers.map { Int($0) }
            latencies = try root.contains("latency_seconds") ? root.dataset("latency_seconds").read() : []
            origin = PredictionOrigin(
                modelSHA256: try text("model_sha256"), datasetSHA256: try text("dataset_sha256"),
                split: try text("split"), toolVersion: try text("tool_version"),
                channels: try predictions.attributes.read("channels")?.texts ?? [])
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
        sampleShape = Array(shape.dropFirst())
        guard shape.count >= 3, shape[0] == samples.count else {
            throw ArchiveError(
                .damaged, "\(path): /predictions of shape \(shape) does not fit \(samples.count) samples")
        }
    }

    /// The prediction of the sample at a position of ``samples``: (time,) channel, (z,) y, x; physical units.
    /// Throws `ArchiveError`.
    public func prediction(at position: Int) throws -> [Float] {
        precondition(samples.indices.contains(position), "there are \(samples.count) predictions")
        do {
            return try predictions.read(at: .row(position, ofShape: shape))
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }
}
