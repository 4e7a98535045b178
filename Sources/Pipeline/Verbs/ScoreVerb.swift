import Archive
import Foundation
import Scoring

/// Scores predictions of a dataset, with baselines beside them.
public struct ScoreVerb: Verb {
    /// The prediction file.
    public var path: String
    /// The dataset file.
    public var dataset: String
    /// The splits that are scored; empty: those that the predictions cover, `test` and every `test_*`.
    public var splits: [String]
    /// How errors are averaged.
    public var variant: UnifiedScore.Variant
    /// The ratio of specific heats of compressible data.
    public var gamma: Double
    /// Whether mean field, nearest neighbour and linear regression are scored too.
    public var hasBaselines: Bool
    /// A folder for pictures of the worst samples; nil: none.
    public var pictures: String?

    /// A score as the command line describes it.
    public init(
        path: String, dataset: String, splits: [String] = [], variant: UnifiedScore.Variant = .exact,
        gamma: Double = 1.4, hasBaselines: Bool = true, pictures: String? = nil
    ) {
        self.path = path
        self.dataset = dataset
        self.splits = splits
        self.variant = variant
        self.gamma = gamma
        self.hasBaselines = hasBaselines
        self.pictures = pictures
    }

    /// Scores every split. Throws `ArchiveError` and `ToolError` where files do not fit each other.
    public func perform(on console: Console) throws -> ScoreReport {
        let reader = try DatasetFileReader(dataset)
        let source = try PredictionSource(path, reader: reader)
        let scorer = try DatasetScorer(reader, variant: variant, gamma: gamma)
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
        return ScoreReport(scores: scores, latency: source.latency, predictions: path, dataset: dataset)
    }

    private func draw(
        _ score: Score, _ reader: DatasetFileReader, _ source: PredictionSource, _ folder: String
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for sample in score.worst.prefix(2) {
            let figure = try PredictionPicture(reader: reader, look: PlotVerb.Look())
                .comparison(sample, prediction: source.predict(sample))
            try figure.write(to: "\(folder)/\(score.split)-\(sample).png")
        }
    }
}

/// Where predictions come from.
struct PredictionSource {
    /// What the table calls them.
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
        name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    }

    /// Whether a sample was predicted.
    func covers(_ sample: Int) -> Bool { places[sample] != nil }

    /// What was predicted of a sample.
    func predict(_ sample: Int) throws -> [Float] {
        guard let place = places[sample] else {
            throw ToolError("sample \(sample) was not predicted")
        }
        return try file.prediction(at: place)
    }

    /// The test splits that are predicted as a whole.
    func splits(of reader: DatasetFileReader) -> [(String, [Int])] {
        reader.splits.filter { $0.name.hasPrefix("test") || $0.name == file.origin.split }.map { split in
            (split.name, split.samples.filter { reader.statuses[$0] == .completed })
        }.filter { !$0.1.isEmpty && $0.1.allSatisfy(covers) }
    }

    /// Seconds of a prediction: the median and the 99th percentile; nil where the file does not tell.
    var latency: ScoreReport.Latency? {
        let sorted = file.latencies.sorted()
        guard let last = sorted.indices.last else { return nil }
        return ScoreReport.Latency(
            median: sorted[last / 2], percentile99: sorted[Int((0.99 * Double(last)).rounded(.up))])
    }
}

/// Scores as tables.
public struct ScoreReport: VerbReport {
    /// How long one prediction takes.
    public struct Latency: Encodable, Sendable {
        /// Seconds.
        public var median: Double
        /// Seconds.
        public var percentile99: Double
    }

    /// Every predictor on every split.
    public var scores: [Score]
    /// How long one prediction takes; nil where the file does not tell.
    public var latency: Latency?
    /// The prediction file.
    public var predictions: String
    /// The dataset file.
    public var dataset: String

    /// What was asked for.
    public var isAnswer: Bool { true }

    /// A table of all, and one of the channels of the first predictor.
    public func text(on terminal: Terminal) -> String {
        var parts = [overview.rendered(on: terminal)]
        if let first = scores.first { parts.append(channels(first).rendered(on: terminal)) }
        if let variant = scores.first?.variant {
            parts.append("M1, M2, M3: the \(variant.rawValue) variant, 0 … 100")
        }
        if let latency {
            parts.append(
                "one prediction: \(significant(latency.median * 1000)) ms (median), "
                    + "\(significant(latency.percentile99 * 1000)) ms (99 %)")
        }
        return parts.joined(separator: "\n\n")
    }

    private var overview: Table {
        var table = Table([
            .init("split"), .init("predictor"), .init("score", .right), .init("M1", .right),
            .init("M2", .right),
            .init("M3", .right), .init("M3 of truth", .right), .init("relative L2", .right),
            .init("drag error", .right), .init("worst samples"),
        ])
        var last = ""
        for score in scores {
            table.add([
                score.split == last ? "" : "\(score.split) (\(score.samples))", score.name,
                significant(score.overall), significant(score.global), score.boundary.map(significant) ?? "–",
                score.physics.map(significant) ?? "–", score.physicsOfTruth.map(significant) ?? "–",
                significant(score.relativeL2), score.dragError.map { significant(100 * $0) + " %" } ?? "–",
                score.worst.map(String.init).joined(separator: ", "),
            ])
            last = score.split
        }
        return table
    }

    private func channels(_ score: Score) -> Table {
        var table = Table([
            .init("\(score.name), \(score.split)"), .init("M1", .right), .init("M2", .right),
            .init("relative L2", .right), .init("nRMSE", .right), .init("maximum", .right),
            .init("boundary", .right), .init("mean off by", .right), .init("k < 4", .right),
            .init("4 – 12", .right), .init("≥ 12", .right),
        ])
        for channel in score.channels {
            table.add([
                channel.name, significant(channel.global), channel.boundary.map(significant) ?? "–",
                significant(channel.errors.relativeL2), significant(channel.errors.normalisedRMSE),
                significant(channel.errors.maximum), significant(channel.errors.boundaryRMSE),
                significant(channel.errors.conserved), channel.spectrum.map { significant($0.low) } ?? "–",
                channel.spectrum.map { significant($0.middle) } ?? "–",
                channel.spectrum.map { significant($0.high) } ?? "–",
            ])
        }
        return table
    }
}
