import Numerics
import Tensors
import Testing

@Suite("Losses") struct LossTests {
    /// A loss of two samples of two points, its value and its gradient.
    static func run(
        _ kind: LossKind, _ prediction: [Double], _ target: [Double], weights: [Double]? = nil
    ) -> (loss: Double, gradient: [Double]) {
        let graph = Graph<Double>(parameters: ParameterSet(seed: 0))
        let p = graph.input("p", Shape(2, 2, 1), differentiable: true)
        let t = graph.input("t", Shape(2, 2, 1))
        let w = weights.map { _ in graph.input("w", Shape(2, 2, 1)) }
        let loss = graph.loss(kind, p, t, weights: w)
        let program = Program(graph, outputs: [], objective: loss, workers: Workers(count: 1))
        _ = program.values(of: p).update(from: prediction)
        _ = program.values(of: t).update(from: target)
        if let w, let weights { _ = program.values(of: w).update(from: weights) }
        program.forward()
        program.backward()
        return (program.values(of: loss)[0], program.gradient(of: p).map(Array.init) ?? [])
    }

    @Test("relative L2 is the mean of the relative errors of samples") func relative() {
        let result = Self.run(.relativeL2, [4, 5, 1, 1], [1, 1, 1, 3])
        // √(9 + 16)/√2 and √4/√10.
        let (first, second) = (5 / 2.0.squareRoot(), 2 / 10.0.squareRoot())
        #expect(abs(result.loss - (first + second) / 2) < 1e-12)
    }

    @Test("masked points count neither in the mean nor in the gradient") func masked() {
        let result = Self.run(.meanSquare, [1, 100, 3, 100], [0, 0, 0, 0], weights: [1, 0, 1, 0])
        #expect(abs(result.loss - 5) < 1e-12)
        #expect(result.gradient == [1, 0, 3, 0])
    }

    @Test("a perfect prediction has loss 0 and gradient 0", arguments: LossKind.allCases)
    func perfect(kind: LossKind) {
        let result = Self.run(kind, [1, 2, 3, 4], [1, 2, 3, 4])
        #expect(result.loss == 0)
        #expect(result.gradient == [0, 0, 0, 0])
    }

    @Test("a target of zeros gives finite numbers") func zeros() {
        #expect(Self.run(.relativeL2, [1, 1, 1, 1], [0, 0, 0, 0]).loss.isFinite)
    }

    @Test("gradients agree with finite differences", arguments: LossKind.allCases, [false, true])
    func gradient(kind: LossKind, isWeighted: Bool) {
        let (prediction, target) = ([1.0, 2.5, -1, 4], [0.5, 2, 1, 3])
        let weights: [Double]? = isWeighted ? [1, 2, 0, 1] : nil
        let result = Self.run(kind, prediction, target, weights: weights)
        for i in prediction.indices {
            let moved = [1e-6, -1e-6].map { step in
                var moved = prediction
                moved[i] += step
                return Self.run(kind, moved, target, weights: weights).loss
            }
            #expect(abs((moved[0] - moved[1]) / 2e-6 - result.gradient[i]) < 1e-7)
        }
    }

    @Test("the Sobolev loss sees slopes on a domain of length 1") func sobolev() {
        let result = Self.run(.sobolev, [0, 1, 1, 1], [0, 0, 1, 1])
        // The target of the first sample is 0, so its norm counts as 1e-12: look at the second sample alone.
        let second = Self.run(.sobolev, [1, 1, 1, 2], [1, 1, 1, 1])
        // Error 1 in the value, 2 · (2 − 1) in the slope; ‖t‖² = 2.
        #expect(abs(second.loss - 0.5 * (5.0 / 2).squareRoot()) < 1e-12)
        #expect(result.loss > 1e6)
    }

    @Test("no slope is taken across a wall") func sobolevAtWalls() {
        let result = Self.run(.sobolev, [1, 100, 1, 1], [1, 0, 1, 1], weights: [1, 0, 1, 1])
        #expect(result.loss == 0)
    }
}
