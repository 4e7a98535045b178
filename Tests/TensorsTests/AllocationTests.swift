import CAllocationCounter
import Numerics
import Tensors
import Testing

@Suite("Allocation of training steps", .serialized) struct TensorsAllocationTests {
    /// Allocations of the third step on one thread.
    static func allocations(points: Int) -> Int {
        let graph = Graph<Float>(parameters: ParameterSet(seed: 1))
        let x = graph.input("x", Shape(2, points, points, 2))
        let t = graph.input("t", Shape(2, points, points, 1))
        let layer = graph.fourierLayer("a", x, to: 8, modes: [3, 3], activation: .gelu)
        let loss = graph.loss(.relativeL2, graph.perceptron("b", layer, hidden: 16, to: 1), t)
        let program = Program(graph, outputs: [], objective: loss, workers: Workers(count: 1))
        let optimiser = AdamW<Float>()
        func step() {
            optimiser.step(graph.parameters, workers: Workers(count: 1)) {
                program.forward()
                program.backward()
            }
        }
        for _ in 0..<2 { step() }
        hugoniot_count_allocations_start()
        step()
        return hugoniot_count_allocations_stop()
    }

    @Test("a step allocates the same few blocks on any grid") func independentOfGrid() {
        let (small, large) = (Self.allocations(points: 8), Self.allocations(points: 32))
        #expect(small == large)
        #expect(small < 100)
    }
}
