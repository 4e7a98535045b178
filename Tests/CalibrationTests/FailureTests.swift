import Calibration
import Foundation
import Numerics
import Testing

/// A tenth of the runs failing costs at most 15 % more runs and does not change the fit.
@Suite struct FailureTests {
    private static let (lower, upper) = ([0.1, 0.05, 0.5, 0.1, 0.1, 0.1], [5.0, 2, 6, 8, 5, 5])

    /// A damped oscillation, a saturation and a decay that share parameters, at twenty times each.
    private static func model(_ p: [Double]) -> [Double] {
        let times = (0..<20).map { 0.25 * Double($0) }
        let oscillation = times.map { p[0] * exp(-p[1] * $0) * cos(p[2] * $0) }
        let saturation = times.map { p[3] * $0 / (p[4] + $0) }
        let decay = times.map { p[5] * exp(-p[1] * p[4] * $0) + 0.1 * p[0] * $0 }
        return oscillation + saturation + decay
    }

    private func fit(seed: UInt64, failing rate: Double) throws -> (runs: Int, cost: Double) {
        var (noise, failures) = (RandomStream(seed: seed, stream: 99), RandomStream(seed: seed, stream: 98))
        let data = Self.model([2, 0.4, 2.5, 3, 1.2, 1.5]).map { $0 + 0.02 * noise.normal() }
        var search = Search(Hybrid(MethodContext(dimension: 6, budget: 2000, seed: seed)), budget: 2000)
        search.run { proposal in
            if failures.uniform() < rate { return .failed("by chance") }
            let values = zip(Self.lower, Self.upper).enumerated().map { index, bounds in
                bounds.0 + proposal.point[index] * (bounds.1 - bounds.0)
            }
            return .residuals(zip(Self.model(values), data).map { ($0 - $1) / 0.02 })
        }
        return (search.evaluations, try #require(search.best).cost)
    }

    @Test func aTenthOfFailuresCostsLittle() throws {
        var runs = (without: 0, with: 0)
        for seed in UInt64(1)...40 {
            let (sound, failing) = (try fit(seed: seed, failing: 0), try fit(seed: seed, failing: 0.1))
            runs = (runs.without + sound.runs, runs.with + failing.runs)
            #expect(abs(failing.cost / sound.cost - 1) < 1e-3)
        }
        #expect(Double(runs.with) <= 1.15 * Double(runs.without), "\(runs)")
    }
}
