import Calibration
import Foundation
import Numerics
import Testing

/// Posteriors that are no normal distribution.
@Suite struct PosteriorModeTests {
    /// y = a², a in [−2, 2], observed as 1 ± 0.1.
    private static func square(_ point: [Double]) -> Outcome {
        let value = 4 * point[0] - 2
        return .cost(
            pow((value * value - 1) / 0.1, 2), gradient: [2 * (value * value - 1) / 0.01 * 2 * value * 4])
    }

    private func draws<Drawn: Sampler>(_ sampler: Drawn) throws -> Drawn {
        var search = Search(sampler, budget: 1_000_000)
        search.run { Self.square($0.point) }
        return try #require(search.method as? Drawn)
    }

    private func expectBoth(_ samples: [[Double]]) {
        let share = Double(samples.count { $0[0] > 0.5 }) / Double(samples.count)
        #expect(share > 0.35 && share < 0.65, "\(share)")
    }

    private let context = MethodContext(dimension: 1, budget: 1_000_000, seed: 4)
    private let modes = [[0.75], [0.25]]

    @Test func theStretchSamplerVisitsBothModes() throws {
        expectBoth(
            try draws(StretchSampler(start: [0.75], spread: [0.0125], draws: 1500, modes: modes, context))
                .samples)
    }

    @Test func metropolisVisitsBothModes() throws {
        let sampler = try draws(
            AdaptiveMetropolis(start: [0.75], spread: [0.0125], draws: 3000, modes: modes, context))
        expectBoth(sampler.samples)
        #expect(sampler.diagnosis(of: 0).reduction < 1.1)
    }

    @Test func hamiltonianVisitsBothModes() throws {
        expectBoth(
            try draws(HamiltonianSampler(start: [0.75], spread: [0.0125], draws: 2000, modes: modes, context))
                .samples)
    }

    /// The search for a posterior does not end with the first minimum that explains the observations.
    @Test func theSearchFindsBothModes() throws {
        var context = MethodContext(dimension: 1, budget: 500)
        context.wantsAllMinima = true
        var search = Search(Hybrid(context), budget: 500)
        search.run { proposal in
            let value = 4 * proposal.point[0] - 2
            return .residuals([(value * value - 1) / 0.1, (value * value - 1.05) / 0.1])
        }
        let places = try #require(search.method.record.tally).places(within: 9).map { $0[0] }.sorted()
        #expect(
            places.count == 2 && abs(places[0] - 0.247) < 0.01 && abs(places[1] - 0.753) < 0.01, "\(places)")
    }

    /// x normal of width 1, y about x² of width 0.3: the standard deviation of x is 1, its middle 90 % ± 1.645.
    @Test func hamiltonianCrossesABanana() throws {
        let sampler = HamiltonianSampler(
            start: [0.5, 0.3], spread: [0.1, 0.03], draws: 2000, MethodContext(dimension: 2, seed: 2))
        var search = Search(sampler, budget: 10_000_000)
        search.run { proposal in
            let (x, y) = (10 * (proposal.point[0] - 0.5), 10 * (proposal.point[1] - 0.3))
            let off = (y - x * x) / 0.3
            return .cost(x * x + off * off, gradient: [10 * (2 * x - 4 * x * off / 0.3), 10 * 2 * off / 0.3])
        }
        let found = try #require(search.method as? HamiltonianSampler)
        let values = found.samples.map { 10 * ($0[0] - 0.5) }.sorted()
        let ends = [0.05, 0.95].map { values[Int($0 * Double(values.count - 1))] }
        #expect(abs(ends[0] + 1.645) < 0.25 && abs(ends[1] - 1.645) < 0.25, "\(ends)")
    }

    /// Chains of equal means and unequal widths have not settled; ranks of distances see it.
    @Test func unequalWidthsAreSeen() {
        var random = RandomStream(seed: 3)
        let equal = (0..<4).map { _ in (0..<400).map { _ in random.normal() } }
        let unequal = (0..<4).map { chain in (0..<400).map { _ in random.normal() * (chain < 2 ? 1 : 4) } }
        #expect(ChainDiagnosis.potentialScaleReduction(equal) < 1.02)
        #expect(ChainDiagnosis.potentialScaleReduction(unequal) > 1.1)
    }
}
