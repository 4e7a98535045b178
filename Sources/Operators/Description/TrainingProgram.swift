import Numerics
import Tensors

/// A network and a loss compiled for batches of one shape: forward, loss, gradients.
public final class TrainingProgram<Scalar: Real> {
    /// The compiled graph.
    public let program: Program<Scalar>
    /// [batch, (z,) (y,) x, inputs], to be written before a pass.
    public var input: UnsafeMutableBufferPointer<Scalar> { program.values(of: inputValue) }
    /// [batch, (z,) (y,) x, outputs], to be written before a pass.
    public var target: UnsafeMutableBufferPointer<Scalar> { program.values(of: targetValue) }
    /// [batch, (z,) (y,) x, 1] where the loss is weighted.
    public var weights: UnsafeMutableBufferPointer<Scalar>? { weightsValue.map(program.values) }
    /// The prediction of the last pass.
    public var prediction: UnsafeMutableBufferPointer<Scalar> { program.values(of: predictionValue) }
    /// The loss of the last pass.
    public var loss: Double { program.values(of: lossValue)[0].double }
    /// The gradient of the loss with respect to the input, where it was asked for.
    public var inputGradient: UnsafeMutableBufferPointer<Scalar>? { program.gradient(of: inputValue) }

    private let inputValue: Value
    private let targetValue: Value
    private let weightsValue: Value?
    private let predictionValue: Value
    private let lossValue: Value

    /// Compiles for inputs of a shape.
    ///
    /// - Parameters:
    ///   - weighted: Whether every point has a weight in the loss.
    ///   - inputGradient: Whether gradients with respect to the input are computed too.
    ///   - recomputes: Whether activations are computed again in the backward pass instead of being kept: a third more
    ///     time, much less memory, the same gradients to the bit.
    /// - Throws: ``OperatorError`` where the shape does not fit.
    public init(
        _ network: OperatorNetwork<Scalar>, inputShape: Shape, loss: LossKind, weighted: Bool = false,
        inputGradient: Bool = false, recomputes: Bool = false
    ) throws(OperatorError) {
        try network.check(inputShape)
        let graph = Graph<Scalar>(parameters: network.parameters, precision: network.precision)
        inputValue = graph.input("input", inputShape, differentiable: inputGradient)
        predictionValue = network.model.record(in: graph, inputValue)
        targetValue = graph.input("target", predictionValue.shape)
        weightsValue = weighted ? graph.input("weights", inputShape.with(channels: 1)) : nil
        lossValue = graph.loss(loss, predictionValue, targetValue, weights: weightsValue)
        program = Program(
            graph, outputs: [predictionValue], objective: lossValue, workers: network.workers,
            recomputes: recomputes)
    }

    /// Forward and backward pass; parameters' gradients are then in their set.
    public func differentiate(accumulating: Bool = false) {
        program.forward()
        program.backward(accumulating: accumulating)
    }
}
