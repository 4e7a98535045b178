import Numerics
import Operators
import Tensors
import Testing

@Suite("Learning in bfloat16") struct PrecisionLearningTests {
    /// The loss of a transformer after some steps on one batch.
    static func loss(_ precision: Precision) throws -> Double {
        let model = VisionTransformer(
            mapping: FieldMapping(inputs: 1, outputs: 1, dimension: 2), patch: 4, width: 128, layers: 2,
            heads: 4)
        let network = try OperatorNetwork<Float>(
            model, spatial: [16, 16], seed: 1, workers: Workers(count: 2), precision: precision)
        let training = try TrainingProgram(network, inputShape: Shape(4, 16, 16, 1), loss: .relativeL2)
        var stream = RandomStream(seed: 5)
        for i in training.input.indices { training.input[i] = Float(stream.normal()) }
        for i in training.target.indices { training.target[i] = 0.5 * training.input[i] * training.input[i] }
        let optimiser = AdamW<Float>(learningRate: 1e-3)
        for _ in 0..<60 {
            optimiser.step(network.parameters, workers: network.workers) { training.differentiate() }
        }
        training.program.forward()
        return training.loss
    }

    @Test("a transformer reaches the loss of single precision within a fifth") func sameLoss() throws {
        let (full, reduced) = (try Self.loss(.float32), try Self.loss(.bfloat16))
        #expect(full < 0.3)
        #expect(abs(reduced - full) < 0.2 * full)
    }
}
