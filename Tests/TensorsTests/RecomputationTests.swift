import Numerics
import Tensors
import Testing

@Suite("Recomputed activations") struct RecomputationTests {
    /// A deep network with values that skip several layers: the bytes of its arena, and its gradients.
    static func gradients(recomputes: Bool) throws -> (bytes: Int, input: [Float], parameters: [Float]) {
        let graph = Graph<Float>(parameters: ParameterSet(seed: 3))
        let x = graph.input("x", Shape(2, 8, 8, 16), differentiable: true)
        var (field, skips) = (x, [Value]())
        for layer in 0..<6 {
            skips.append(field)
            field = graph.scope("\(layer)") {
                let convolved = graph.normalise(
                    "b", graph.convolution("a", field, to: 16), groups: 4, activation: .gelu)
                let tokens = graph.reshape(graph.dense("c", convolved, to: 16), Shape(2, 64, 16))
                let mixed = graph.selfAttention("d", graph.normalise("e", tokens), heads: 2)
                return graph.reshape(graph.add(tokens, mixed), Shape(2, 8, 8, 16))
            }
            if layer % 3 == 2 { field = graph.add(field, skips[layer - 2]) }
        }
        let target = graph.input("target", field.shape)
        let loss = graph.loss(.relativeL2, field, target)
        let program = Program(
            graph, outputs: [field], objective: loss, workers: Workers(count: 2), recomputes: recomputes)
        for (seed, value) in [x, target].enumerated() {
            let noise: [Float] = ProductTests.noise(value.shape.count, seed: UInt64(seed))
            _ = program.values(of: value).update(from: noise)
        }
        // The second pass finds what the first left behind.
        for _ in 0..<2 {
            program.forward()
            program.backward()
        }
        let parameters = graph.parameters
        return (
            program.arenaBytes, Array(try #require(program.gradient(of: x))),
            Array(UnsafeBufferPointer(start: parameters.gradients, count: parameters.extent))
        )
    }

    @Test("gradients are the same to the bit, and memory is less") func identical() throws {
        let (kept, again) = (
            try Self.gradients(recomputes: false), try Self.gradients(recomputes: true)
        )
        #expect(again.input == kept.input)
        #expect(again.parameters == kept.parameters)
        #expect(again.bytes < kept.bytes * 2 / 3)
    }
}
