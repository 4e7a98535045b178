import Archive
import Datasets
import Figures
import Fluids
import Foundation
import Scoring

/// Scores a model, or its predictions, on a dataset, with baselines beside it.
public struct ScoreVerb: Verb {
    /// How errors are averaged.
    public enum Variant: String, Sendable, CaseIterable {
        /// Over the points that count; all terms of the equations.
        case exact
        /// As the literature does: over all points, without viscous terms.
        case published
    }

    /// The model file or the prediction file.
    public var path: String
    /// The dataset file.
    public var dataset: String
    /// The splits that are scored; empty: those that the predictions cover, `test` and every `test_*`.
    public var splits: [String]
    /// How errors are averaged.
    public var variant: Variant
    /// The ratio of specific heats of compressible data; nil: what the dataset tells, or that of air.
    public var heatRatio: Double?
    /// Whether mean field, nearest neighbour and linear regression are scored too.
    public var hasBaselines: Bool
    /// A folder for pictures of the worst samples; nil: none.
    public var pictures: String?

    /// A score as the command line describes it.
    public init(
        path: String, dataset: String, splits: [String] = [], variant: Variant = .exact,
        heatRatio: Double? = nil, hasBaselines: Bool = true, pictures: String? = nil
    ) {
        self.path = path
        self.dataset = dataset
        self.splits = splits
        self.variant = variant
        self.heatRatio = heatRatio
        self.hasBaselines = hasBaselines
        self.pictures = pictures
    }

    /// Scores every split. Throws `ArchiveError` and `ToolError` where files do not fit each other.
    public func perform(on console: Console) throws -> ScoreReport {
        let reader = try DatasetFileReader(dataset)
        let source: any PredictionSource =
            try path.hasSuffix(".safetensors")
            ? ModelSource(path, reader: reader) : StoredPredictions(path, reader: reader)
        let scorer = try DatasetScorer(
            reader, variant: variant == .exact ? .exact : .published, otherwise: try fluid(reader))
        let chosen =
            try splits.isEmpty ? source.splits(of: reader) : splits.map { ($0, try scorer.samples(of: $0)) }
        let teller = StepTeller(console, total: chosen.count * (hasBaselines ? 2 : 1))
        defer { teller.finish() }
        let baselines =
            hasBaselines && reader.splits.contains { $0.name == "train" } ? try scorer.baselines() : []
        var scores: [Score] = []
        for (split, samples) in chosen {
            teller.tell("\(split): the model")
            let covered = samples.filter(source.covers)
            guard covered.count == samples.count else {
                throw ToolError(
                    "\(path) has predictions of \(covered.count) of the \(samples.count) samples of \(split)",
                    advice:
                        "predict that split: hugoniot predict MODEL \(dataset) --split \(split) --output FILE"
                )
            }
            if let score = try scorer.score(source.name, split: split, samples: samples, source.predict) {
                scores.append(score)
                if let pictures { try draw(score, reader, source, pictures) }
            }
            if !baselines.isEmpty { teller.tell("\(split): baselines") }
            for baseline in baselines {
                if let score = try scorer.score(
                    baseline.name, split: split, samples: samples, baseline.predict)
                {
                    scores.append(score)
                }
            }
        }
        if let pictures { try drawForces(scores.filter { $0.name == source.name }, pictures) }
        return ScoreReport(
            scores: scores, latency: source.latency, cost: source.cost, predictions: path, dataset: dataset)
    }

    /// The fluid that is meant where the dataset does not tell it. Throws `ToolError` where both tell different ones.
    private func fluid(_ reader: DatasetFileReader) throws -> FluidModel {
        guard let heatRatio else { return .air }
        guard heatRatio > 1 else { throw ToolError("a ratio of specific heats is above 1, not \(heatRatio)") }
        if let told = try DatasetFluid(reader).contradiction(toHeatRatio: heatRatio) {
            throw ToolError(
                "\(dataset) was computed with \(told), not with a ratio of specific heats of \(heatRatio)",
                advice: "leave the ratio out: the dataset's own fluid is taken")
        }
        return .ideal(IdealGas(heatRatio: heatRatio))
    }

    private func draw(
        _ score: Score, _ reader: DatasetFileReader, _ source: any PredictionSource, _ folder: String
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for sample in score.worst.prefix(2) {
            let figure = try PredictionPicture(reader: reader, look: PlotVerb.Look())
                .comparison(sample, prediction: source.predict(sample))
            try figure.write(to: "\(folder)/\(score.split)-\(sample).png")
        }
    }

    /// Forces of the predictions over those of the data, split by split.
    private func drawForces(_ scores: [Score], _ folder: String) throws {
        let names = ["force along x", "force along y", "force along z"]
        guard let axes = scores.lazy.compactMap({ $0.forces.first?.truth.count }).first else { return }
        let groups = scores.map { score in
            (
                label: score.split,
                points: (0..<axes).map { axis in
                    score.forces.map { (truth: $0.truth[axis], prediction: $0.prediction[axis]) }
                }
            )
        }
        try ParityPicture.panels(
            groups, axes: names.prefix(axes).map { Axis($0) }, title: "Pressure forces on the bodies"
        ).write(to: "\(folder)/forces.png")
    }
}
