import Operators
import Tensors

/// Derivatives of a trained model's prediction by the fields that it is given, in reverse mode.
public final class InputGradient {
    private let model: TrainedModel
    private let program: TrainingProgram<Float>
    private let points: Int

    /// Compiles the model for a grid.
    ///
    /// - Parameter cellShape: The extents of the grid: (z,) y, x.
    /// - Throws: `OperatorError` where the model cannot work on it.
    public init(_ model: TrainedModel, cellShape: [Int]) throws {
        self.model = model
        points = cellShape.reduce(1, *)
        // The gradient 2 (p − t)/n of a mean of squares is whatever the target makes of it.
        program = try TrainingProgram(
            model.network,
            inputShape: Shape([1] + cellShape + [model.description.layout.givenChannels.count]),
            loss: .meanSquare, inputGradient: true)
    }

    /// Σ c ∂prediction/∂field: given channels, (z,) y, x.
    ///
    /// - Parameters:
    ///   - fields: Given channels in physical units, (z,) y, x.
    ///   - cotangents: c, predicted channels in physical units, (z,) y, x.
    public func callAsFunction(_ fields: [Float], cotangents: [Float]) -> [Float] {
        let description = model.description
        let (given, predicted) = (
            description.layout.givenChannels.count, description.layout.outputChannels.count
        )
        precondition(
            fields.count == given * points && cotangents.count == predicted * points, "fields of one grid")
        var input = fields
        description.inputs.normalise(&input)
        var seed = cotangents
        for channel in 0..<predicted {
            for point in 0..<points {
                seed[channel * points + point] *= Float(description.outputs.deviation[channel])
            }
        }
        let largest = seed.reduce(0) { max($0, abs($1)) }
        guard largest > 0 else { return Array(repeating: 0, count: fields.count) }

        write(input, given, to: program.input)
        program.program.forward()
        for channel in 0..<predicted {
            for point in 0..<points {
                let place = point * predicted + channel
                program.target[place] = program.prediction[place] - seed[channel * points + point] / largest
            }
        }
        program.differentiate()
        let scale = largest * Float(points * predicted) / 2
        return gradient(given, scale)
    }

    private func write(_ values: [Float], _ channels: Int, to target: UnsafeMutableBufferPointer<Float>) {
        for channel in 0..<channels {
            for point in 0..<points { target[point * channels + channel] = values[channel * points + point] }
        }
    }

    private func gradient(_ given: Int, _ scale: Float) -> [Float] {
        var result = [Float](repeating: 0, count: given * points)
        guard let found = program.inputGradient else { return result }
        for channel in 0..<given {
            let factor = scale / Float(model.description.inputs.deviation[channel])
            for point in 0..<points {
                result[channel * points + point] = factor * found[point * given + channel]
            }
        }
        return result
    }
}
