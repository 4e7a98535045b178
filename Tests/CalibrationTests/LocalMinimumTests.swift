import Calibration
import Foundation
import Numerics
import Testing

/// A model with observations of known errors.
struct Fit: Sendable, CustomTestStringConvertible {
    let name: String
    let lower: [Double]
    let upper: [Double]
    var isLogarithmic: Set<Int> = []
    let truth: [Double]
    var sigma = 0.05
    let times: [Double]
    let model: @Sendable ([Double], Double) -> Double
    var testDescription: String { name }

    var dimension: Int { truth.count }

    func values(at point: [Double]) -> [Double] {
        point.indices.map { index in
            isLogarithmic.contains(index)
                ? lower[index] * pow(upper[index] / lower[index], point[index])
                : lower[index] + point[index] * (upper[index] - lower[index])
        }
    }

    func observations(seed: UInt64) -> [Double] {
        var random = RandomStream(seed: seed, stream: 77)
        return times.map { model(truth, $0) + sigma * random.normal() }
    }

    func residuals(at point: [Double], _ observations: [Double]) -> [Double] {
        let values = values(at: point)
        return zip(times, observations).map { (model(values, $0) - $1) / sigma }
    }

    /// The sum of squares at the truth.
    func costOfTruth(_ observations: [Double]) -> Double {
        zip(times, observations).reduce(0) { $0 + pow((model(truth, $1.0) - $1.1) / sigma, 2) }
    }

    static func times(_ first: Double, _ last: Double, _ count: Int) -> [Double] {
        (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
    }

    static let decayAndSine = Fit(
        name: "decay and sine", lower: [0.1, 0.01, -2, 0.1], upper: [10, 10, 2, 20], isLogarithmic: [1],
        truth: [2.5, 1.3, 0.4, 7], times: times(0, 3, 20)
    ) { $0[0] * exp(-$0[1] * $1) + $0[2] * sin($0[3] * $1) }

    static let saturationAndSine = Fit(
        name: "saturation and sine", lower: [0.1, 0.05, -2, 0.1, -3.2], upper: [20, 50, 2, 15, 3.2],
        isLogarithmic: [0, 1], truth: [5, 2, 0.4, 6, 1], times: times(0.1, 6, 30)
    ) { $0[0] * $1 / ($0[1] + $1) + $0[2] * sin($0[3] * $1 + $0[4]) }

    static let twoPeaks = Fit(
        name: "two peaks", lower: [0, 0, 0.05, 0, 0, 0.05], upper: [5, 10, 3, 5, 10, 3],
        isLogarithmic: [2, 5], truth: [2, 3, 0.4, 1, 6.5, 0.8], times: times(0, 10, 40)
    ) { $0[0] * exp(-pow(($1 - $0[1]) / $0[2], 2)) + $0[3] * exp(-pow(($1 - $0[4]) / $0[5], 2)) }

    static let decay = Fit(
        name: "decay", lower: [0.1, 0.1, -2], upper: [10, 10, 2], isLogarithmic: [1], truth: [2.5, 1.3, 0.5],
        times: times(0, 3, 20)
    ) { $0[0] * exp(-$0[1] * $1) + $0[2] }
}

@Suite struct LocalMinimumTests {
    /// A cost below that of the truth, which only the right minimum has: the fit of each of 20 sets of observations.
    @Test(arguments: [Fit.decayAndSine, .saturationAndSine, .twoPeaks])
    func theDefaultFindsTheRightMinimum(fit: Fit) {
        let found = (UInt64(1)...20).count { seed in
            let observations = fit.observations(seed: seed)
            let context = MethodContext(dimension: fit.dimension, budget: 2000, seed: seed)
            var search = Search(Hybrid(context), budget: 2000)
            search.run { .residuals(fit.residuals(at: $0.point, observations)) }
            return search.best?.cost ?? .infinity < 1.05 * fit.costOfTruth(observations)
        }
        #expect(found == 20)
    }

    /// A model that lacks the sine: its only minimum is found again and again, and the search ends long before the budget.
    @Test func anIncompleteModelEndsWithItsMinimum() throws {
        let observations = Fit.decayAndSine.observations(seed: 1)
        var search = Search(Hybrid(MethodContext(dimension: 3, budget: 5000)), budget: 5000)
        search.run { .residuals(Fit.decay.residuals(at: $0.point, observations)) }
        let tally = try #require(search.method.record.tally)
        #expect(tally.basins.count == 1 && tally.expectedUnseen < 0.5 && search.evaluations < 1000)
    }

    @Test func differentSeedsAreDifferentSearches() {
        let residual = (UInt64(1)...5).map { seed in Hybrid(MethodContext(dimension: 3, seed: seed)) }
        var firsts = residual.map { method in
            var method = method
            return method.ask()[0].point
        }
        firsts.sort { $0[0] < $1[0] }
        #expect(zip(firsts, firsts.dropFirst()).allSatisfy { $0 != $1 })
    }

    @Test func aChosenStartIsKept() {
        var method = Hybrid(MethodContext(dimension: 2, initial: [0.2, 0.7], seed: 3))
        #expect(method.ask()[0].point == [0.2, 0.7])
    }
}

@Suite struct BasinTallyTests {
    @Test func minimaOfEqualCostAreTwoWhereTheyLieApart() {
        var tally = BasinTally()
        tally.add([0.2, 0.2], cost: 3)
        tally.add([0.8, 0.2], cost: 3)
        tally.add([0.8, 0.201], cost: 3)
        #expect(tally.basins.map(\.visits) == [1, 2])
    }

    /// Exchanged parameters answer the same: that is one minimum.
    @Test func placesOfEqualAnswersAreOne() {
        var tally = BasinTally()
        tally.add([0.2, 0.7], cost: 5, residuals: [1, 2])
        tally.add([0.7, 0.2], cost: 5, residuals: [1, 2])
        tally.add([0.5, 0.5], cost: 5, residuals: [2, 1])
        #expect(tally.basins.map(\.visits) == [2, 1])
    }

    /// By hand: N = 8, W = 1 gives 7/5 − 1; N = 8, W = 2 gives 2 · 7/4 − 2.
    @Test func theExpectedNumberOfUnseenMinimaIsBoendersAndRinnooyKans() {
        var (one, two) = (BasinTally(), BasinTally())
        for number in 0..<8 {
            one.add([0.5], cost: 1)
            two.add([number == 0 ? 0.1 : 0.5], cost: 1)
        }
        #expect(abs(one.expectedUnseen - 0.4) < 1e-12 && abs(two.expectedUnseen - 1.5) < 1e-12)
        #expect(abs(two.unseenShare - 6.0 / 56) < 1e-12)
        #expect(BasinTally().expectedUnseen == .infinity)
    }
}
