import Foundation
import Numerics
import Tensors

/// Compares gradients of a recorded computation with central differences, in double precision.
enum GradientCheck {
    /// The largest error over inputs and parameters, relative to the largest difference quotient of the same tensor.
    ///
    /// The objective is Σ (y − t)² with random t. Up to 40 values of every tensor are moved.
    static func error(
        inputs shapes: [Shape], workers: Int = 2, step: Double = 1e-5,
        _ body: (Graph<Double>, [Value]) -> Value
    ) -> Double {
        let parameters = ParameterSet<Double>(seed: 7)
        let graph = Graph<Double>(parameters: parameters)
        let inputs = shapes.enumerated().map { graph.input("\($0)", $1, differentiable: true) }
        let output = body(graph, inputs)
        let target = graph.input("target", output.shape)
        let loss = graph.loss(.meanSquare, output, target)
        let program = Program(
            graph, outputs: [output], objective: loss, workers: Workers(count: workers))
        var stream = RandomStream(seed: 11)
        for value in inputs + [target] {
            for i in 0..<value.shape.count { program.values(of: value)[i] = stream.normal() }
        }
        // Norms start as 1 and 0, biases of zero would hide mistakes.
        for i in 0..<parameters.extent { parameters.values[i] += 0.1 * stream.normal() }
        program.forward()
        program.backward()
        func value() -> Double {
            program.forward()
            return program.values(of: loss)[0]
        }
        func worst(_ memory: UnsafeMutablePointer<Double>, _ gradient: [Double]) -> Double {
            var (error, scale) = (0.0, 1e-9)
            for i in stride(from: 0, to: gradient.count, by: max(1, gradient.count / 40)) {
                let kept = memory[i]
                memory[i] = kept + step
                let above = value()
                memory[i] = kept - step
                let quotient = (above - value()) / (2 * step)
                memory[i] = kept
                error = max(error, abs(quotient - gradient[i]))
                scale = max(scale, abs(quotient))
            }
            return error / scale
        }
        let inputGradients = inputs.map { Array(program.gradient(of: $0).map(Array.init) ?? []) }
        let parameterGradients = parameters.parameters.map { parameters.gradient(of: $0) }
        var errors = zip(inputs, inputGradients).compactMap { input, gradient in
            program.values(of: input).baseAddress.map { worst($0, gradient) }
        }
        errors += zip(parameters.parameters, parameterGradients).map { parameter, gradient in
            worst(parameters.values + parameter.offset, gradient)
        }
        return errors.max() ?? .infinity
    }
}
