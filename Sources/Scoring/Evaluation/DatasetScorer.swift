import Archive
import Datasets
import Fluids

/// Scores predictors on the splits of a dataset, baselines beside them.
public struct DatasetScorer {
    /// What predicts: outputs in physical units, (time,) channel, (z,) y, x, for a sample of the dataset.
    public typealias Predictor = (_ sample: Int) throws -> [Float]

    private let reader: DatasetFileReader
    private let variant: UnifiedScore.Variant
    private let deviations: [Double]
    private let residual: EquationResidual?
    private let fluids: DatasetFluid?

    /// - Parameter fluid: the fluid of compressible data, where the file does not tell it.
    /// - Throws: `ArchiveError` where the dataset cannot be read; `InvalidInput` where the case in it cannot.
    public init(
        _ reader: DatasetFileReader, variant: UnifiedScore.Variant, otherwise fluid: FluidModel = .air
    ) throws {
        self.reader = reader
        self.variant = variant
        let channels = reader.outputChannels
        let statistics = try reader.statistics()?.outputs.standardDeviation
        deviations = try statistics ?? Self.deviations(reader)
        let isCompressible = channels.contains("density") && channels.contains("pressure")
        let isIncompressible = channels.contains("u") && channels.contains("p")
        let reynolds = reader.parameters.firstIndex { $0.name.lowercased() == "re" || $0.name == "reynolds" }
        fluids = isCompressible ? try DatasetFluid(reader) : nil
        if isCompressible {
            residual = .compressible(fluid)
        } else if isIncompressible, let reynolds {
            residual = .incompressible(reynolds: try reader.parameterValues().first?[reynolds] ?? 1)
        } else {
            residual = nil
        }
    }

    /// Standard deviations over the training split where the file has no statistics.
    private static func deviations(_ reader: DatasetFileReader) throws -> [Double] {
        let samples = (try? reader.split("train")) ?? reader.statuses.indices.map { $0 }
        let channels = reader.outputChannels.count
        var (sum, square, count) = (
            [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels), 0.0
        )
        for sample in samples.prefix(64) {
            let values = try reader.outputs(sample)
            let size = reader.cellShape.reduce(1, *)
            for index in values.indices {
                let channel = index / size % channels
                sum[channel] += Double(values[index])
                square[channel] += Double(values[index]) * Double(values[index])
            }
            count += Double(values.count / channels)
        }
        return sum.indices.map { max(0, square[$0] / count - sum[$0] * sum[$0] / count / count).squareRoot() }
    }

    /// The samples of a split that are complete. Throws `ArchiveError` where there is no such split.
    public func samples(of split: String) throws -> [Int] {
        try reader.split(split).filter { reader.statuses[$0] == .completed }
    }

    /// The score of a predictor on some samples; nil where there are none.
    public func score(
        _ name: String, split: String, samples: [Int], _ predict: Predictor
    ) throws -> Score? {
        let times = max(1, reader.times.count)
        var builder = ScoreBuilder(
            name: name, split: split, variant: variant, deviations: deviations, times: times)
        for sample in samples {
            builder.add(
                try states(sample, prediction: predict(sample)), number: sample,
                residual: residual(of: sample))
        }
        return builder.score(channels: reader.outputChannels)
    }

    /// What the equations of a sample's fluid leave over.
    private func residual(of sample: Int) -> EquationResidual? {
        fluids?.fluid(of: sample).map(EquationResidual.compressible) ?? residual
    }

    /// The states of a sample with what was predicted of them.
    public func states(_ sample: Int, prediction: [Float]) throws -> [ScoredSample] {
        let truth = try reader.outputs(sample)
        guard prediction.count == truth.count else {
            throw ArchiveError(
                .mismatch,
                "the prediction of sample \(sample) has \(prediction.count) values, the dataset \(truth.count)"
            )
        }
        let (mask, distance) = (try reader.mask(sample), try reader.signedDistance(sample))
        let times = max(1, reader.times.count)
        let size = truth.count / times
        return (0..<times).map { time in
            ScoredSample(
                channels: reader.outputChannels, cells: reader.axes.map(\.cellCount),
                spacing: reader.axes.map(\.cellWidth), truth: Array(truth[time * size..<(time + 1) * size]),
                prediction: Array(prediction[time * size..<(time + 1) * size]), mask: mask,
                signedDistance: distance)
        }
    }

    /// The baselines, fitted to the training split. Throws `ArchiveError` where there is none.
    public func baselines(limit: Int = 1000) throws -> [(name: String, predict: Predictor)] {
        let training = try samples(of: "train").prefix(limit)
        guard !training.isEmpty else { return [] }
        let samples = BaselineSamples(
            inputChannels: reader.inputChannels.count, cells: reader.axes.map(\.cellCount),
            inputs: try training.map { try reader.inputs($0) },
            outputs: try training.map { try reader.outputs($0) })
        return BaselineRegistry.kinds.map { kind in
            let baseline = kind.make(samples)
            return (kind.name, { [reader] sample in baseline.predict(try reader.inputs(sample)) })
        }
    }
}

extension RunAxis {
    /// The size of a cell, where all have the same.
    fileprivate var cellWidth: Double {
        guard let first = faces.first, let last = faces.last, cellCount > 0 else { return 1 }
        return (last - first) / Double(cellCount)
    }
}
