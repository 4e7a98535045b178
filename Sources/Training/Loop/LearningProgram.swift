import Numerics
import Operators
import Tensors

/// A network with everything that is made small, compiled for batches of one size: one step or several that follow each
/// other, the loss as the mean over them, and penalties.
final class LearningProgram {
    /// What is compiled.
    struct Settings {
        var layout: FieldLayout
        var loss: LossKind
        /// Whether every point has a weight in the loss.
        var isWeighted: Bool
        /// Whether states mean nothing where weights are 0.
        var isMasked = false
        /// Steps that gradients run through.
        var steps = 1
        /// The penalty on the residual of the equations.
        var residual: (weight: Double, scales: FlowScales)?
        /// Whether activations are computed again in the backward pass.
        var recomputes = false
    }

    private let program: Program<Float>
    private let input: Value
    private let targets: [Value]
    private let weights: Value?
    private let predictions: [Value]
    private let error: Value
    private let objective: Value

    /// - Throws: `OperatorError` where the shape does not fit.
    init(_ network: OperatorNetwork<Float>, count: Int, _ settings: Settings) throws {
        let layout = settings.layout
        let shape = Shape([count] + layout.cellShape + [layout.givenChannels.count])
        try network.check(shape)
        let graph = Graph<Float>(parameters: network.parameters, precision: network.precision)
        input = graph.input("input", shape)
        weights = settings.isWeighted ? graph.input("weights", shape.with(channels: 1)) : nil
        var (given, predictions, targets, losses) = (input, [Value](), [Value](), [Value]())
        for step in 0..<settings.steps {
            if step > 0 {
                given = Self.next(graph, input, predictions[step - 1], settings, weights)
            }
            let prediction = network.model.record(in: graph, given)
            let target = graph.input("target\(step)", prediction.shape)
            losses.append(graph.loss(settings.loss, prediction, target, weights: weights))
            predictions.append(prediction)
            targets.append(target)
        }
        let mean = 1 / Double(losses.count)
        error = losses.count == 1 ? losses[0] : graph.total(losses.map { ($0, mean) })
        if let (weight, scales) = settings.residual {
            let penalty = graph.eulerResidual(predictions[0], scales, weights: weights)
            objective = graph.total([(error, 1), (penalty, weight)])
        } else {
            objective = error
        }
        (self.predictions, self.targets) = (predictions, targets)
        program = Program(
            graph, outputs: [predictions[0], error], objective: objective, workers: network.workers,
            recomputes: settings.recomputes)
    }

    /// What the network is given after a step: the same conditions, and its own prediction as the state.
    private static func next(
        _ graph: Graph<Float>, _ input: Value, _ prediction: Value, _ settings: Settings, _ weights: Value?
    ) -> Value {
        var state = prediction
        if settings.isMasked, let weights { state = graph.masked(state, weights: weights) }
        let conditions = settings.layout.inputChannels.count
        guard conditions > 0 else { return state }
        return graph.concatenate([graph.select(input, channels: Array(0..<conditions)), state])
    }

    /// The loss of the last pass, with penalties.
    var loss: Double { Double(program.values(of: objective)[0]) }
    /// The prediction of the first step.
    var prediction: UnsafeMutableBufferPointer<Float> { program.values(of: predictions[0]) }

    /// Takes in a batch.
    func fill(_ batch: Batch) {
        _ = program.values(of: input).update(fromContentsOf: batch.input)
        for (value, target) in zip(targets, batch.targets) {
            _ = program.values(of: value).update(fromContentsOf: target)
        }
        if let weights, !batch.weights.isEmpty {
            _ = program.values(of: weights).update(fromContentsOf: batch.weights)
        }
    }

    /// Computes prediction and loss.
    func forward() { program.forward() }

    /// Forward and backward pass; a share of the parameters' gradients is then in their set, or added to what was there.
    func differentiate(share: Double = 1, accumulating: Bool = false) {
        program.forward()
        program.backward(accumulating: accumulating, factor: Float(share))
    }
}
