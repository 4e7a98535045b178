import Calibration
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
            #expect(measured > 1e-4 && measured < 1e-2, "\(measured)")
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

    /// The standard deviations of noisy answers are those of exact ones to a third.
    @Test func derivativesOfNoisyAnswersAreTakenOverLongerWays() throws {
        let fit = Fit.decay
        let observations = fit.observations(seed: 1)
        var random = RandomStream(seed: 9)
        let point = [0.25, 0.55, 0.62]
        func deviations(_ answer: ([Double]) -> Outcome) throws -> (values: [Double], noise: Double?) {
            var jacobian = LocalJacobian(at: point, precision: 1e-15)
            while jacobian.ending == nil { jacobian.tell(jacobian.ask().map { answer($0.point) }) }
            let matrix = try #require(jacobian.matrix)
            let posterior = try #require(
                LaplacePosterior(jacobian: matrix, at: point, names: ["a", "k", "c"]))
            return (posterior.deviations, jacobian.noise)
        }
        let exact = try deviations { .residuals(fit.residuals(at: $0, observations)) }
        let noisy = try deviations { Self.answer($0, observations, &random) }
        #expect(exact.noise == nil)
        #expect(abs((noisy.noise ?? 0) / 0.02 - 1) < 0.7, "\(noisy.noise ?? 0)")
        for (own, right) in zip(noisy.values, exact.values) { #expect(abs(own / right - 1) < 0.33) }
    }
}
