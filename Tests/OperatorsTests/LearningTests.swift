import Foundation
import Numerics
import Operators
import Tensors
import Testing

@Suite("Learning") struct LearningTests {
    /// A sum of three waves with random amplitudes, and the same moved by an eighth of the period.
    static func sample(points: Int, _ stream: inout RandomStream) -> (field: [Float], moved: [Float]) {
        let amplitudes = (0..<3).map { _ in stream.normal() }
        let phases = (0..<3).map { _ in 2 * Double.pi * stream.uniform() }
        func value(_ x: Double) -> Float {
            var sum = 0.0
            for wave in 0..<3 {
                let angle: Double = 2 * Double.pi * Double(wave + 1) * x + phases[wave]
                sum += amplitudes[wave] * cos(angle)
            }
            return Float(sum)
        }
        let places = (0..<points).map { Double($0) / Double(points) }
        return (places.map(value), places.map { value($0 - 0.125) })
    }

    /// ‖p − t‖/‖t‖ of unseen samples, on average.
    static func error(_ network: OperatorNetwork<Float>, points: Int) throws -> Double {
        var stream = RandomStream(seed: 99)
        let errors = try (0..<8).map { _ in
            let (field, moved) = sample(points: points, &stream)
            let shape = Shape(1, points, 1)
            let prediction = try field.withUnsafeBufferPointer {
                Array(try network.predict($0, shape: shape))
            }
            var (square, norm) = (0.0, 0.0)
            for (ours, theirs) in zip(prediction, moved) {
                square += Double((ours - theirs) * (ours - theirs))
                norm += Double(theirs * theirs)
            }
            return (square / norm).squareRoot()
        }
        return errors.reduce(0, +) / 8
    }

    @Test("a Fourier operator learns a shift, and knows it on a grid twice as fine") func shift() throws {
        let model = FourierOperator(
            mapping: FieldMapping(inputs: 1, outputs: 1, dimension: 1), modes: [6], width: 16, layers: 2)
        let network = try OperatorNetwork<Float>(model, spatial: [32], seed: 1)
        let training = try TrainingProgram(network, inputShape: Shape(16, 32, 1), loss: .relativeL2)
        let optimiser = AdamW<Float>(learningRate: 1e-2)
        var stream = RandomStream(seed: 2)
        for step in 0..<400 {
            for index in 0..<16 {
                let (field, moved) = Self.sample(points: 32, &stream)
                for i in 0..<32 {
                    training.input[32 * index + i] = field[i]
                    training.target[32 * index + i] = moved[i]
                }
            }
            optimiser.learningRate = 1e-2 * 0.5 * (1 + cos(.pi * Double(step) / 400))
            optimiser.step(network.parameters, workers: network.workers) { training.differentiate() }
        }
        #expect(try Self.error(network, points: 32) < 0.05)
        #expect(try Self.error(network, points: 64) < 0.1)
    }

    @Test("a field that does not fit is refused before anything is computed") func misfits() throws {
        let model = FourierOperator(
            mapping: FieldMapping(inputs: 2, outputs: 1, dimension: 1), modes: [4], width: 4, layers: 1)
        let network = try OperatorNetwork<Float>(model, spatial: [8], seed: 1)
        let field = [Float](repeating: 1, count: 8)
        for shape in [Shape(1, 8, 1), Shape(1, 2, 2, 2), Shape(1, 8, 2)] {
            #expect(throws: OperatorError.self) {
                _ = try field.withUnsafeBufferPointer { try network.predict($0, shape: shape).count }
            }
        }
    }
}
