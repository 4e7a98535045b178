import Calibration
import Foundation
import Numerics
import Testing

/// Answers with noise of a thousandth, different in every run.
@Suite struct NoiseTests {
    private static let noise = 1e-3

    private static func answer(
        _ point: [Double], _ observations: [Double], _ random: inout RandomStream
    ) -> Outcome {
        let fit = Fit.decay
        let values = fit.values(at: point)
        return .residuals(
            zip(fit.times, observations).map {
                (fit.model(values, $0) * (1 + noise * random.normal()) - $1) / fit.sigma
            })
    }

    @Test func noisyAnswersAreFittedAndTheNoiseIsNamed() throws {
        for seed in UInt64(1)...10 {
            let observations = Fit.decay.observations(seed: seed)
            var random = RandomStream(seed: seed, stream: 5)
            var search = Search(
                Hybrid(MethodContext(dimension: 3, budget: 500, seed: seed)), budget: 500)
            search.run { Self.answer($0.point, observations, &random) }
            let best = try #require(search.best)
            #expect(best.cost < 1.1 * Fit.decay.costOfTruth(observations), "seed \(seed): \(best.cost)")
            let measured = try #require(search.method.record.noise)
            #expect(measured > 5e-3 && measured < 8e-2, "\(measured)")
        }
    }

    @Test func exactAnswersHaveNoNoise() {
        let observations = Fit.decayAndSine.observations(seed: 3)
        for fit in [Fit.decay, Fit.decayAndSine] {
            var search = Search(Hybrid(MethodContext(dimension: fit.dimension, budget: 600)), budget: 600)
            search.run { .residuals(fit.residuals(at: $0.point, observations)) }
            #expect(search.method.record.noise ?? 0 == 0)
        }
    }

    /// Sensors that a shock passes at places of their own: each answer jumps, none scatters.
    @Test func aJumpIsNoNoise() throws {
        let shocks = (0..<12).map { 0.5 + 1e-8 * Double($0) }
        func answer(_ point: [Double]) -> Outcome {
            .residuals(shocks.map { (point[0] > $0 ? 8 : -8) + point[0] } + [point[0] + 9])
        }
        for seed in UInt64(1)...20 {
            var search = Search(Hybrid(MethodContext(dimension: 1, budget: 200, seed: seed)), budget: 200)
            search.run { answer($0.point) }
            #expect(search.method.record.noise ?? 0 == 0, "seed \(seed)")
        }
    }

    /// Roughness that is the same in every run is noise, too.
    @Test func roughnessIsNamed() throws {
        let observations = Fit.decay.observations(seed: 4)
        var search = Search(Hybrid(MethodContext(dimension: 3, budget: 500)), budget: 500)
        search.run { proposal in
            let plain = Fit.decay.residuals(at: proposal.point, observations)
            let phase = 1e9 * proposal.point.reduce(0, +)
            return .residuals(plain.enumerated().map { $1 + 0.02 * sin(phase * Double($0 + 1)) })
        }
        let noise = try #require(search.method.record.noise)
        let best = try #require(search.best)
        #expect(noise > 0.003 && noise < 0.1, "\(noise)")
        #expect(best.cost < 1.1 * Fit.decay.costOfTruth(observations))
    }

    /// The standard deviations of noisy answers are those of exact ones to a third.
    @Test func derivativesOfNoisyAnswersAreTakenOverLongerWays() throws {
        let fit = Fit.decay
        let observations = fit.observations(seed: 1)
        var random = RandomStream(seed: 9)
        let point = [0.25, 0.55, 0.62]
        func deviations(_ noise: Double, _ answer: ([Double]) -> Outcome) throws -> [Double] {
            var jacobian = LocalJacobian(at: point, precision: 1e-15, noise: noise)
            while jacobian.ending == nil { jacobian.tell(jacobian.ask().map { answer($0.point) }) }
            let matrix = try #require(jacobian.matrix)
            return try #require(
                LaplacePosterior(jacobian: matrix, at: point, names: ["a", "k", "c"])
            ).deviations
        }
        let exact = try deviations(0) { .residuals(fit.residuals(at: $0, observations)) }
        let noisy = try deviations(0.02) { Self.answer($0, observations, &random) }
        for (own, right) in zip(noisy, exact) { #expect(abs(own / right - 1) < 0.33) }
    }
}
