import Figures
import Foundation
import Training

/// Finds a learning rate for a training: the loss over a rate that rises until the training breaks.
public struct RateSweepVerb: Verb {
    /// The training.
    public var training: TrainVerb

    /// Sweeps, and draws the loss over the rate.
    public func perform(on console: Console) throws -> RateSweepReport {
        let train = try TrainPlan(training)
        let sweep = try RateSweep(train.plan)
        let picture = train.output.withoutEnding + ".rates.svg"
        if sweep.points.count > 1 { try Self.draw(sweep, to: picture) }
        return RateSweepReport(
            suggestion: sweep.suggestion, points: sweep.points,
            picture: sweep.points.count > 1 ? picture : nil)
    }

    private static func draw(_ sweep: RateSweep, to path: String) throws {
        let curve = Curve(x: sweep.points.map { log10($0.rate) }, y: sweep.points.map(\.loss), label: "loss")
        let figure = try SeriesPicture.histories(
            [Profile(field: "loss", curves: [curve])], xLabel: "log₁₀ of the learning rate",
            scale: .logarithmic)
        try figure.write(to: path)
    }
}

/// The loss over the learning rate.
public struct RateSweepReport: VerbReport {
    /// A tenth of the rate at which the loss was least; null where nothing became better.
    public var suggestion: Double?
    /// The steps of the sweep.
    public var points: [RateSweep.Point]
    /// The picture.
    public var picture: String?

    /// Every tenth step, and the suggestion.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init("learning rate", .right), .init("loss", .right)])
        for index in stride(from: 0, to: points.count, by: 10) {
            table.add([String(format: "%.1e", points[index].rate), significant(points[index].loss)])
        }
        let verdict =
            suggestion.map { String(format: "learning_rate = %.1e", $0) } ?? "no rate made the loss smaller"
        return [table.rendered(on: terminal), verdict, picture ?? ""].joined(separator: "\n")
    }
}
