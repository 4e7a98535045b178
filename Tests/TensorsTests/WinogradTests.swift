import Numerics
import Tensors
import Testing

@Suite("Winograd's convolution") struct WinogradTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let (batch, height, width, from, to): (Int, Int, Int, Int, Int)

        init(_ batch: Int, _ height: Int, _ width: Int, _ from: Int, _ to: Int) {
            (self.batch, self.height, self.width, self.from, self.to) = (batch, height, width, from, to)
        }

        var testDescription: String { "\(batch) × \(height) × \(width), \(from) to \(to)" }
        var shape: Shape { Shape(batch, height, width, from) }
    }

    /// Tiles that are cut, one slab and several, tiles shared by the workers and owned by them.
    static let cases = [
        Case(2, 7, 9, 16, 20), Case(1, 4, 4, 70, 36), Case(2, 8, 8, 96, 64), Case(3, 40, 37, 20, 33),
    ]

    /// The result and the gradients of input and weights.
    static func ours<Scalar: Real>(_ type: Scalar.Type, _ it: Case, workers: Int = 2) throws -> [[Double]] {
        let graph = Graph<Scalar>(parameters: ParameterSet(seed: 1))
        let x = graph.input("x", it.shape, differentiable: true)
        let y = graph.convolution("a", x, to: it.to)
        let target = graph.input("target", y.shape)
        let loss = graph.loss(.meanSquare, y, target)
        let program = Program(graph, outputs: [y], objective: loss, workers: Workers(count: workers))
        let weight = try #require(graph.parameters.parameter(named: "a.weight"))
        let bias = try #require(graph.parameters.parameter(named: "a.bias"))
        graph.parameters.set(weight, to: ProductTests.noise(weight.shape.count, seed: 1))
        graph.parameters.set(bias, to: [Scalar](repeating: 0, count: it.to))
        _ = program.values(of: x).update(from: ProductTests.noise(x.shape.count, seed: 2) as [Scalar])
        program.forward()
        program.backward()
        let gradient = try #require(program.gradient(of: x))
        return [
            program.values(of: y).map(\.double), gradient.map(\.double),
            graph.parameters.gradient(of: weight).map(\.double),
        ]
    }

    /// The same by the definition; the gradient of the result is 2y/n.
    static func definition(_ it: Case) -> [[Double]] {
        let x: [Double] = ProductTests.noise(it.shape.count, seed: 2)
        let w: [Double] = ProductTests.noise(9 * it.from * it.to, seed: 1)
        var y = [Double](repeating: 0, count: it.shape.count / it.from * it.to)
        forEach(it) { y[$0.y] += x[$0.x] * w[$0.w] }
        let scale = 2 / Double(y.count)
        var (dx, dw) = ([Double](repeating: 0, count: x.count), [Double](repeating: 0, count: w.count))
        forEach(it) {
            dx[$0.x] += scale * y[$0.y] * w[$0.w]
            dw[$0.w] += scale * y[$0.y] * x[$0.x]
        }
        return [y, dx, dw]
    }

    static func forEach(_ it: Case, _ body: ((y: Int, x: Int, w: Int)) -> Void) {
        for row in 0..<(it.batch * it.height * it.width) {
            for tap in 0..<9 {
                let (i, j) = (row / it.width % it.height + tap / 3 - 1, row % it.width + tap % 3 - 1)
                guard i >= 0, i < it.height, j >= 0, j < it.width else { continue }
                let source = (row / it.width / it.height * it.height + i) * it.width + j
                for from in 0..<it.from {
                    for to in 0..<it.to {
                        body((row * it.to + to, source * it.from + from, (tap * it.from + from) * it.to + to))
                    }
                }
            }
        }
    }

    /// ‖a − b‖/‖b‖.
    static func distance(_ a: [Double], _ b: [Double]) -> Double {
        let difference = zip(a, b).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return (difference / b.reduce(0.0) { $0 + $1 * $1 }).squareRoot()
    }

    @Test("values and gradients are those of the definition", arguments: cases) func agreement(
        it: Case
    ) throws {
        let expected = Self.definition(it)
        for (double, reference) in zip(try Self.ours(Double.self, it), expected) {
            #expect(Self.distance(double, reference) < 1e-13)
        }
        for (single, reference) in zip(try Self.ours(Float.self, it), expected) {
            #expect(Self.distance(single, reference) < 1e-5)
        }
    }

    @Test("gradients of weights do not depend on the number of workers") func workers() throws {
        let it = Self.cases[0]
        #expect(
            try Self.ours(Float.self, it, workers: 1)[2] == Self.ours(Float.self, it, workers: 3)[2])
    }
}
