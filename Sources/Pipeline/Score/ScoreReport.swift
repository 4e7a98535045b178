import Scoring

/// Scores as tables.
public struct ScoreReport: VerbReport {
    /// How long one prediction takes.
    public struct Latency: Encodable, Sendable {
        /// Seconds.
        public var median: Double
        /// Seconds.
        public var percentile99: Double

        /// The median and the 99th percentile of measured times; nil where there are none.
        init?(_ seconds: [Double]) {
            let sorted = seconds.sorted()
            guard let last = sorted.indices.last else { return nil }
            median = sorted[last / 2]
            percentile99 = sorted[Int((0.99 * Double(last)).rounded(.up))]
        }
    }

    /// What a prediction costs.
    public struct Cost: Encodable, Sendable {
        /// Trained values.
        public var parameters: Int
        /// Additions and multiplications of one sample; of a trajectory, of one of its steps.
        public var operations: Double
        /// Samples a second, one after the other.
        public var predictionsPerSecond: Double
        /// The most memory that the program had at once, dataset and scoring included.
        public var peakBytes: Int
    }

    /// Every predictor on every split.
    public var scores: [Score]
    /// How long one prediction takes; nil where the file does not tell.
    public var latency: Latency?
    /// What a prediction costs; nil where the file does not tell.
    public var cost: Cost?
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
        if let cost {
            parts.append(
                "\(ProgressText.count(Double(cost.parameters))) weights, \(significant(cost.operations / 1e9)) GFLOP a "
                    + "prediction, \(significant(cost.predictionsPerSecond)) predictions a second, "
                    + "\(ProgressText.bytes(cost.peakBytes)) of memory at most")
        }
        return parts.joined(separator: "\n\n")
    }

    private var overview: Table {
        var table = Table([
            .init("split"), .init("predictor"), .init("score", .right), .init("M1", .right),
            .init("M2", .right),
            .init("M3", .right), .init("M3 of truth", .right), .init("relative L2", .right),
            .init("drag error", .right), .init("force error", .right), .init("worst samples"),
        ])
        var last = ""
        for score in scores {
            table.add([
                score.split == last ? "" : "\(score.split) (\(score.samples))", score.name,
                significant(score.overall), significant(score.global), score.boundary.map(significant) ?? "–",
                score.physics.map(significant) ?? "–", score.physicsOfTruth.map(significant) ?? "–",
                significant(score.relativeL2), score.dragError.map { significant(100 * $0) + " %" } ?? "–",
                score.forceError.map { significant(100 * $0) + " %" } ?? "–",
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
