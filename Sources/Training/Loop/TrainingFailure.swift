import Tensors

/// A training whose numbers are no longer finite: where, and what helps.
public struct TrainingFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// From 1.
    public let epoch: Int
    /// The step that could not be taken, from 1.
    public let step: Int
    /// The first parameter with a gradient that is not finite; nil where the loss alone is not.
    public let layer: String?
    /// The loss.
    public let loss: Double
    /// The learning rate of the step.
    public let learningRate: Double

    /// What happened.
    public var description: String {
        let place = layer.map { "the gradient of \"\($0)\" is not finite" } ?? "the loss is \(loss)"
        return "the training died in epoch \(epoch), step \(step): \(place)"
    }

    /// What helps.
    public var advice: String {
        "halve learning_rate (now \(learningRate)), give the schedule a warm_up, or set clip = 1.0; then --resume "
            + "goes on from the last good weights"
    }
}

extension ParameterSet where Scalar == Float {
    /// The first parameter whose gradient is not finite.
    var firstBrokenGradient: String? {
        parameters.first { !gradient(of: $0).allSatisfy(\.isFinite) }?.name
    }
}
