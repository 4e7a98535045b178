import Calibration
import Foundation
import Testing

/// The default method on functions that every optimiser is tried on, over twenty seeds; optima are off the middle.
@Suite struct ClassicFunctionTests {
    struct Function: Sendable, CustomTestStringConvertible {
        let name: String
        let dimension: Int
        let budget: Int
        let goal: Double
        let value: @Sendable ([Double]) -> Double
        var testDescription: String { name }
    }

    /// Arguments in [−5, 5] about an optimum that is not in the middle.
    static func shifted(_ point: [Double]) -> [Double] {
        point.enumerated().map { 10 * ($1 - 0.5) - 0.7 * Double($0 % 3 + 1) }
    }

    static let functions = [
        Function(name: "sphere", dimension: 10, budget: 200, goal: 1e-8) { point in
            shifted(point).reduce(0) { $0 + $1 * $1 }
        },
        Function(name: "ellipsoid of condition 10⁶", dimension: 8, budget: 4000, goal: 1e-6) { point in
            shifted(point).enumerated().reduce(0) {
                $0 + pow(1e6, Double($1.0) / Double(point.count - 1)) * $1.1 * $1.1
            }
        },
        Function(name: "Rosenbrock", dimension: 6, budget: 6000, goal: 1e-6) { point in
            let x = point.map { 10 * ($0 - 0.5) }
            return zip(x, x.dropFirst()).reduce(0) {
                $0 + 100 * pow($1.1 - $1.0 * $1.0, 2) + pow(1 - $1.0, 2)
            }
        },
        Function(name: "Rastrigin", dimension: 5, budget: 5000, goal: 1e-6) { point in
            shifted(point).reduce(0) { $0 + $1 * $1 + 10 - 10 * cos(2 * .pi * $1) }
        },
        Function(name: "Ackley", dimension: 5, budget: 10_000, goal: 1e-6) { point in
            let x = shifted(point)
            let square = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
            let wave = x.reduce(0) { $0 + cos(2 * .pi * $1) } / Double(x.count)
            return 20 + M_E - 20 * exp(-0.2 * square.squareRoot()) - exp(wave)
        },
        Function(name: "Schwefel", dimension: 5, budget: 5000, goal: 1e-4) { point in
            point.map { 1000 * ($0 - 0.5) }.reduce(Double(point.count) * 418.9828872724339) {
                $0 - $1 * sin(abs($1).squareRoot())
            }
        },
    ]

    @Test(arguments: functions) func theDefaultFindsTheMinimum(function: Function) throws {
        var costs: [Double] = []
        for seed in 1...20 {
            let context = MethodContext(
                dimension: function.dimension, budget: function.budget, seed: UInt64(seed))
            var search = Search(Hybrid(context), budget: function.budget, target: function.goal)
            search.run { .cost(function.value($0.point)) }
            costs.append(search.best?.cost ?? .infinity)
        }
        #expect(costs.filter { $0 <= function.goal }.count >= 19, "\(costs)")
    }

    /// L-BFGS-B on a convex quadratic with its gradient: as fast as its memory allows, about d iterations.
    @Test func aQuadraticTakesFewGradients() throws {
        let scales = (0..<10).map { pow(100, Double($0) / 9) }
        let context = MethodContext(dimension: 10, initial: Array(repeating: 0.9, count: 10))
        var search = Search(QuasiNewton(.init(), context), budget: 60, target: 1e-10)
        search.run { proposal in
            let shift = proposal.point.map { $0 - 0.4 }
            let cost = zip(scales, shift).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
            return .cost(cost, gradient: zip(scales, shift).map { 2 * $0 * $1 })
        }
        #expect(search.stopped == .target, "\(search.evaluations): \(search.best?.cost ?? .nan)")
    }
}
