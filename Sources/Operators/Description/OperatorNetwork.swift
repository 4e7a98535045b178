import Numerics
import Tensors

/// A model with its parameters, and the programs that were compiled for the shapes it has met.
///
/// Fields are channels last, [batch, (z,) (y,) x, channels]; files hold channels first, and ``ChannelOrder`` converts.
public final class OperatorNetwork<Scalar: Real> {
    /// The model.
    public let model: any OperatorModel
    /// Its parameters.
    public let parameters: ParameterSet<Scalar>
    /// Who computes.
    public let workers: Workers
    /// What the factors of large products are rounded to.
    public let precision: Precision
    private let spatial: [Int]
    private var predictions: [Shape: Prediction] = [:]

    private struct Prediction {
        let program: Program<Scalar>
        let input: Value
        let output: Value
    }

    /// A network with starting values that depend on the seed alone.
    ///
    /// - Parameters:
    ///   - spatial: The extents of a grid; parameters do not depend on them unless the model says so.
    ///   - precision: What the factors of large products are rounded to, in predictions and in training.
    /// - Throws: ``OperatorError`` where the model cannot work on the grid.
    public init(
        _ model: any OperatorModel, spatial: [Int], seed: UInt64, workers: Workers = Workers(),
        precision: Precision = .float32
    ) throws(OperatorError) {
        if let objection = model.objection(to: spatial) { throw OperatorError(description: objection) }
        self.model = model
        self.spatial = spatial
        self.workers = workers
        self.precision = precision
        parameters = ParameterSet(seed: seed)
        let graph = Graph<Scalar>(parameters: parameters)
        let shape = Shape([1] + spatial + [model.mapping.inputs])
        _ = model.record(in: graph, graph.input("input", shape))
    }

    /// Checks that inputs of a shape can be mapped.
    ///
    /// - Throws: ``OperatorError`` with what does not fit.
    public func check(_ shape: Shape) throws(OperatorError) {
        let mapping = model.mapping
        guard shape.rank == mapping.dimension + 2, shape.channels == mapping.inputs else {
            throw OperatorError(
                description:
                    "a field of \(shape) does not fit: batch, \(mapping.dimension) extents of space and "
                    + "\(mapping.inputs) channels are expected")
        }
        if model.isBoundToGrid, shape.spatial != spatial {
            throw OperatorError(
                description:
                    "this model was made for a grid of \(Shape(spatial)) points, not \(Shape(shape.spatial)); "
                    + "resample the fields, or choose a model that is not bound to a grid, such as fno")
        }
        if let objection = model.objection(to: shape.spatial) { throw OperatorError(description: objection) }
    }

    /// The output for a batch of fields; `shape` is that of the input. The memory of the result is overwritten by the next
    /// prediction of that shape.
    ///
    /// - Throws: ``OperatorError`` where the shape does not fit.
    public func predict(
        _ fields: UnsafeBufferPointer<Scalar>, shape: Shape
    ) throws(OperatorError) -> UnsafeBufferPointer<Scalar> {
        try check(shape)
        guard fields.count == shape.count else {
            throw OperatorError(
                description: "a field of \(shape) has \(shape.count) values, \(fields.count) were given")
        }
        let prediction = compiled(shape)
        _ = prediction.program.values(of: prediction.input).update(from: fields)
        prediction.program.forward()
        return UnsafeBufferPointer(prediction.program.values(of: prediction.output))
    }

    private func compiled(_ shape: Shape) -> Prediction {
        if let known = predictions[shape] { return known }
        let graph = Graph<Scalar>(parameters: parameters, precision: precision)
        let input = graph.input("input", shape)
        let output = model.record(in: graph, input)
        let program = Program(graph, outputs: [output], workers: workers)
        let made = Prediction(program: program, input: input, output: output)
        predictions[shape] = made
        return made
    }
}
