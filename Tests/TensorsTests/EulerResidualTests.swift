import Fluids
import Foundation
import Numerics
import Tensors
import Testing

@Suite("Residual of the Euler equations") struct EulerResidualTests {
    private static let scales = FlowScales(
        channels: [0, 1, 2, 3], mean: [1.2, 0.5, -0.3, 1.5], deviation: [0.3, 0.6, 0.4, 0.5],
        spacing: [0.1, 0.2],
        fluid: .air)

    /// The residual of fields of density, velocity and pressure in physical units on 6 × 5 points, and its gradient.
    private static func run(
        _ field: [Double], weights: [Double]? = nil, scales: FlowScales = scales
    ) -> (value: Double, gradient: [Double]) {
        let graph = Graph<Double>(parameters: ParameterSet(seed: 0))
        let input = graph.input("p", Shape(1, 5, 6, 4), differentiable: true)
        let mask = weights.map { _ in graph.input("w", Shape(1, 5, 6, 1)) }
        let residual = graph.eulerResidual(input, scales, weights: mask)
        let program = Program(graph, outputs: [], objective: residual, workers: Workers(count: 1))
        for i in field.indices {
            program.values(of: input)[i] = (field[i] - scales.mean[i % 4]) / scales.deviation[i % 4]
        }
        if let mask, let weights { _ = program.values(of: mask).update(from: weights) }
        program.forward()
        program.backward()
        return (program.values(of: residual)[0], program.gradient(of: input).map(Array.init) ?? [])
    }

    /// Fields of x and y on the points.
    private static func field(_ state: (Double, Double) -> [Double]) -> [Double] {
        (0..<30).flatMap { state(0.1 * Double($0 % 6), 0.2 * Double($0 / 6)) }
    }

    @Test("a uniform stream has none") func uniform() {
        #expect(Self.run(Self.field { _, _ in [1.1, 0.7, -0.2, 1.3] }).value < 1e-24)
    }

    @Test("a stream with a slope of the pressure has that of its momentum and its energy") func slope() {
        // At rest in y, with velocity 2 in x and density 1: R = (0, dp/dx, 0, γ/(γ − 1) 2 dp/dx).
        let value = Self.run(Self.field { x, _ in [1, 2, 0, 1 + 0.3 * x] }).value
        let sound = (1.4 * 1.5 / 1.2).squareRoot()
        let (momentum, energy) = (1.2 * sound * sound, 1.2 * sound * sound * sound)
        // The longest edge has 5 cells of 0.2.
        let expected = (pow(0.3 / momentum, 2) + pow(3.5 * 2 * 0.3 / energy, 2)) / 4
        #expect(abs(value - expected) < 1e-10 * expected)
    }

    @Test("a stiffened gas of p is the ideal gas of p + p∞") func stiffened() {
        var stream = RandomStream(seed: 5)
        let field = (0..<120).map { i in Self.scales.mean[i % 4] + 0.2 * stream.normal() }
        var liquid = Self.scales
        liquid.fluid = .stiffened(StiffenedGas(heatRatio: 1.4, stiffness: 0.7))
        liquid.mean[3] -= 0.7
        let lowered = field.enumerated().map { $0.offset % 4 == 3 ? $0.element - 0.7 : $0.element }
        let (one, other) = (Self.run(lowered, scales: liquid), Self.run(field))
        #expect(abs(one.value - other.value) < 1e-12 * other.value)
        let largest = other.gradient.map(abs).max() ?? 0
        for (a, b) in zip(one.gradient, other.gradient) { #expect(abs(a - b) < 1e-12 * largest) }
        // With the formulas of the ideal gas the liquid leaves something else.
        var wrong = Self.scales
        wrong.mean[3] -= 0.7
        #expect(abs(Self.run(lowered, scales: wrong).value - other.value) > 0.1 * other.value)
    }

    @Test("the gradient agrees with central differences", arguments: [false, true])
    func gradient(isMasked: Bool) {
        var stream = RandomStream(seed: 4)
        let field = (0..<120).map { i in Self.scales.mean[i % 4] + 0.2 * stream.normal() }
        let weights: [Double]? = isMasked ? (0..<30).map { $0 % 11 == 3 ? 0 : 1 } : nil
        let gradient = Self.run(field, weights: weights).gradient
        let largest = gradient.map(abs).max() ?? 0
        for i in stride(from: 0, to: 120, by: 7) {
            let values = [1e-6, -1e-6].map { step in
                var moved = field
                moved[i] += step * Self.scales.deviation[i % 4]
                return Self.run(moved, weights: weights).value
            }
            #expect(abs((values[0] - values[1]) / 2e-6 - gradient[i]) < 1e-6 * largest)
        }
    }

    @Test("no difference is taken across a body") func masked() {
        var field = Self.field { _, _ in [1.1, 0.7, -0.2, 1.3] }
        for i in 0..<4 { field[4 * 14 + i] = 50 }
        let weights = (0..<30).map { $0 == 14 ? 0.0 : 1.0 }
        #expect(Self.run(field, weights: weights).value < 1e-24)
    }

    @Test("the gradients of a total and of a masked field are theirs") func helpers() {
        let graph = Graph<Double>(parameters: ParameterSet(seed: 0))
        let (p, t) = (
            graph.input("p", Shape(1, 3, 1), differentiable: true), graph.input("t", Shape(1, 3, 1))
        )
        let w = graph.input("w", Shape(1, 3, 1))
        let whole = graph.loss(.meanSquare, p, t)
        let part = graph.loss(.meanSquare, graph.masked(p, weights: w), t)
        let total = graph.total([(whole, 3), (part, 6)])
        let program = Program(graph, outputs: [], objective: total, workers: Workers(count: 1))
        _ = program.values(of: p).update(from: [1, 2, 3])
        _ = program.values(of: t).update(from: [0, 0, 0])
        _ = program.values(of: w).update(from: [1, 0, 2])
        program.forward()
        program.backward()
        #expect(program.values(of: total)[0] == 3 * 14 / 3 + 6 * 10 / 3)
        let gradient = program.gradient(of: p).map(Array.init) ?? []
        for (one, two) in zip(gradient, [6.0, 4, 18]) { #expect(abs(one - two) < 1e-12) }
    }
}
