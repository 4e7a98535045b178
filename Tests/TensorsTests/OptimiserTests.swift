import Numerics
import Tensors
import Testing

@Suite("Optimisers") struct OptimiserTests {
    /// A linear regression whose solution is known: y = x·w with w = (1, …, 6).
    final class Regression {
        let parameters = ParameterSet<Double>(seed: 2)
        let program: Program<Double>
        let loss: Value

        init() {
            let graph = Graph<Double>(parameters: parameters)
            let (x, y) = (graph.input("x", Shape(40, 6)), graph.input("y", Shape(40, 1)))
            loss = graph.loss(.meanSquare, graph.dense("a", x, to: 1, bias: false), y)
            program = Program(graph, outputs: [], objective: loss, workers: Workers(count: 1))
            var stream = RandomStream(seed: 4)
            for row in 0..<40 {
                var sum = 0.0
                for column in 0..<6 {
                    let value = stream.normal()
                    program.values(of: x)[6 * row + column] = value
                    sum += value * Double(column + 1)
                }
                program.values(of: y)[row] = sum
            }
        }

        func differentiate() {
            program.forward()
            program.backward()
        }

        var error: Double {
            (0..<6).map { abs(parameters.values[$0] - Double($0 + 1)) }.max() ?? .infinity
        }
    }

    static func error(_ optimiser: any Optimiser<Double>, steps: Int) -> Double {
        let problem = Regression()
        for _ in 0..<steps {
            optimiser.step(problem.parameters, workers: Workers(count: 1), gradient: problem.differentiate)
        }
        return problem.error
    }

    @Test("AdamW solves a linear regression") func adam() {
        #expect(Self.error(AdamW(learningRate: 0.05, weightDecay: 0), steps: 1500) < 1e-4)
    }

    @Test("gradient descent with momentum solves a linear regression", arguments: [false, true])
    func descent(isNesterov: Bool) {
        #expect(Self.error(GradientDescent(learningRate: 0.02, isNesterov: isNesterov), steps: 500) < 1e-6)
    }

    @Test("L-BFGS solves a linear regression in a few steps") func quasiNewton() {
        #expect(Self.error(LimitedMemoryBFGS<Double>(), steps: 40) < 1e-6)
    }

    @Test("sharpness-aware descent comes as near as its radius") func sharpness() {
        let optimiser = SharpnessAware(GradientDescent<Double>(learningRate: 0.02), radius: 0.01)
        #expect(Self.error(optimiser, steps: 500) < 0.02)
    }

    @Test("where a gradient fails there is no step, and sharpness-aware descent is back where it began")
    func failingGradient() {
        struct Failure: Error {}
        let optimiser = SharpnessAware(AdamW<Double>(learningRate: 0.02), radius: 0.5)
        let problem = Regression()
        let before = problem.error
        for failing in 1...2 {
            var calls = 0
            #expect(throws: Failure.self) {
                try optimiser.step(problem.parameters, workers: Workers(count: 1)) {
                    calls += 1
                    problem.differentiate()
                    if calls == failing { throw Failure() }
                }
            }
            #expect(calls == failing && problem.error == before && optimiser.steps == 0)
        }
    }

    @Test("the first step of AdamW is the learning rate against the sign of the gradient, less the decay")
    func firstStep() {
        let problem = Regression()
        problem.differentiate()
        let before = problem.parameters.values[0]
        let sign = problem.parameters.gradients[0] > 0 ? 1.0 : -1
        AdamW<Double>(learningRate: 0.1, weightDecay: 0.5).step(
            problem.parameters, workers: Workers(count: 2), gradient: problem.differentiate)
        #expect(abs(problem.parameters.values[0] - (before * 0.95 - 0.1 * sign)) < 1e-6)
    }

    @Test("clipping scales the gradient to the limit and tells its norm") func clipping() {
        let problem = Regression()
        problem.differentiate()
        let norm = problem.parameters.gradientNorm
        #expect(problem.parameters.clipGradient(to: norm / 4) == norm)
        #expect(abs(problem.parameters.gradientNorm - norm / 4) < 1e-12 * norm)
    }

    @Test("gradients of two passes add up when asked to") func accumulation() {
        let problem = Regression()
        problem.differentiate()
        let once = problem.parameters.gradients[2]
        problem.program.backward(accumulating: true)
        #expect(abs(problem.parameters.gradients[2] - 2 * once) < 1e-12 * abs(once))
        problem.program.backward(accumulating: true, factor: -2)
        #expect(abs(problem.parameters.gradients[2]) < 1e-12 * abs(once))
    }
}
