import Foundation

/// How the loss answers to a learning rate that rises step by step, from one at which nothing happens to one at which the
/// training breaks (Smith 2017, doi:10.1109/WACV.2017.58).
public struct RateSweep: Sendable {
    /// A step of the sweep.
    public struct Point: Sendable, Codable, Equatable {
        /// The learning rate of the step.
        public var rate: Double
        /// The loss before it, averaged over the last steps.
        public var loss: Double
    }

    /// The steps, until the loss was far above its least value or no longer finite.
    public let points: [Point]

    /// A tenth of the rate at which the loss was least; nil where nothing became better.
    public var suggestion: Double? {
        guard let best = points.min(by: { $0.loss < $1.loss }), let first = points.first,
            best.loss < first.loss
        else { return nil }
        return best.rate / 10
    }

    /// Sweeps over learning rates with the model, the optimiser and the batches of a plan.
    ///
    /// - Parameters:
    ///   - rates: From the first rate to the last, in equal factors.
    ///   - steps: How many.
    /// - Throws: What ``Trainer`` throws, but for a training that dies: that is what is looked for.
    public init(_ plan: TrainingPlan, rates: ClosedRange<Double> = 1e-6...1, steps: Int = 100) throws {
        var plan = plan
        plan.options.learningRate = rates.upperBound
        plan.options.schedule = RisingSchedule(
            first: rates.lowerBound / rates.upperBound, steps: steps)
        plan.options.epochs = .max
        plan.options.patience = nil
        plan.options.clip = nil
        plan.validationSamples = []
        let trainer = try Trainer(plan)
        var collected = Smoothing()
        do {
            _ = try trainer.run(
                isCancelled: { collected.points.count >= steps || collected.isFarAbove },
                observe: { if $0.finished == nil { collected.add($0.stepLoss, rate: $0.learningRate) } },
                checkpoint: {})
        } catch is TrainingFailure {}
        points = collected.points
    }

    /// The exponential average of the losses, without the bias of its start.
    private struct Smoothing {
        private(set) var points: [Point] = []
        private var average = 0.0
        private let keep = 0.9

        var isFarAbove: Bool {
            guard let last = points.last, let least = points.map(\.loss).min() else { return false }
            return last.loss > 4 * least
        }

        mutating func add(_ loss: Double, rate: Double) {
            average = keep * average + (1 - keep) * loss
            points.append(Point(rate: rate, loss: average / (1 - pow(keep, Double(points.count + 1)))))
        }
    }
}

/// From a factor to 1 in equal factors.
private struct RisingSchedule: Schedule {
    let first: Double
    let steps: Int

    func factor(at moment: TrainingMoment) -> Double {
        pow(first, 1 - Double(moment.step) / Double(max(1, steps - 1)))
    }
}
