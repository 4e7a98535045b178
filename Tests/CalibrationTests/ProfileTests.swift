import Calibration
import Foundation
import Numerics
import Testing

/// Profiles that are not parabolas.
@Suite struct ProfileTests {
    private func run(
        _ best: [Double], deviations: [Double]? = nil, _ model: ([Double]) -> [Double]
    ) throws -> ProfileLikelihood {
        let cost = model(best).reduce(0) { $0 + $1 * $1 }
        let context = MethodContext(dimension: best.count, budget: 100_000)
        let method = ProfileLikelihood(
            best: best, cost: cost, usesResiduals: true, deviations: deviations, context)
        var search = Search(method, budget: 100_000)
        search.run { .residuals(model($0.point)) }
        return try #require(search.method as? ProfileLikelihood)
    }

    /// y = a b t with a and b in [0.1, 10] and the truth ab = 2: a may be anything from where b meets its bound.
    @Test(arguments: [0.09, 0.3, 0.6]) func aBendIsFound(unit: Double) throws {
        let times = (1...10).map { 0.2 * Double($0) }
        let value = { (unit: Double) in 0.1 + 9.9 * unit }
        let product = { (point: [Double]) in value(point[0]) * value(point[1]) }
        let other = (2 / value(unit) - 0.1) / 9.9
        let profile = try run([unit, other], deviations: [0.28, 0.28]) { point in
            times.map { (product(point) - 2) * $0 / 0.05 }
        }
        // √2.706 standard deviations of the product below 2, with b at 10.
        let deviation = 0.05 / times.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let exact = (2 - 2.706.squareRoot() * deviation) / 10
        let lower = try #require(profile.interval(0).lower)
        #expect(abs(value(lower) - exact) < 0.002, "\(value(lower)), not \(exact)")
    }

    @Test func aSingleParameterHasAnInterval() throws {
        let profile = try run([0.5]) { [($0[0] - 0.5) / 0.02] }
        let interval = profile.interval(0)
        #expect(abs(try #require(interval.lower) - 0.5 + 1.645 * 0.02) < 1e-3)
        #expect(abs(try #require(interval.upper) - 0.5 - 1.645 * 0.02) < 1e-3)
    }

    /// Best at its lower bound: only the upper end is known.
    @Test func aParameterAtItsBoundHasOneEnd() throws {
        let profile = try run([0, 0.5]) { [($0[0] + 0.01) / 0.05, ($0[1] - 0.5) / 0.1] }
        let (lower, upper) = profile.interval(0)
        let exact = 0.05 * (2.706 + 0.04).squareRoot() - 0.01
        #expect(lower == nil)
        #expect(abs(try #require(upper) - exact) < 2e-3)
    }

    @Test func aLowerCostIsTold() throws {
        // Two minima of one parameter, of which the worse was taken for the best.
        let profile = try run([0.7, 0.5]) { point in
            [40 * (point[0] - 0.7) * (point[0] - 0.3), 2 * (point[0] - 0.3), point[1] - 0.5]
        }
        #expect(try #require(profile.better).cost < 0.5)
    }
}
