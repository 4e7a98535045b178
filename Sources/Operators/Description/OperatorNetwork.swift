import Numerics
import Tensors

/// A model with its parameters, and the programs that were compiled for the shapes it has met.
///
/// Fields are channels last: [batch, (z,) (y,) x, channels]; ``ChannelOrder`` converts from files.
public final class OperatorNetwork<Scalar: Real> {
    /// The model.
    public let model: any OperatorModel
    /// Its parameters.
    public let parameters: ParameterSet<Scalar>
    /// Who computes.
    public let workers: Workers
    private var predictions: [Shape: Prediction] = [:]

    private struct Prediction {
        let program: Program<Scalar>
        let input: Value
        let output: Value
    }

    /// A network with starting values that depend on the seed alone.
    ///
    /// - Parameter spatial: The extents of a grid; parameters do not depend on them unless the model says so.
    public init(_ model: any OperatorModel, spatial: [Int], seed: UInt64, workers: Workers = Workers()) {
        self.model = model
        self.workers = workers
        parameters = ParameterSet(seed: seed)
        let graph = Graph<Scalar>(parameters: parameters)
        let shape = Shape([1] + spatial + [model.mapping.inputs])
        _ = model.record(in: graph, graph.input("input", shape))
    }

    /// The output for a batch of fields; `shape` is that of the input.
    public func predict(_ fields: UnsafeBufferPointer<Scalar>, shape: Shape) -> UnsafeBufferPointer<Scalar> {
        let prediction = compiled(shape)
        _ = prediction.program.values(of: prediction.input).update(from: fields)
        prediction.program.forward()
        return UnsafeBufferPointer(prediction.program.values(of: prediction.output))
    }

    private func compiled(_ shape: Shape) -> Prediction {
        if let known = predictions[shape] { return known }
        let graph = Graph<Scalar>(parameters: parameters)
        let input = graph.input("input", shape)
        let output = model.record(in: graph, input)
        let program = Program(graph, outputs: [output], workers: workers)
        let made = Prediction(program: program, input: input, output: output)
        predictions[shape] = made
        return made
    }
}
