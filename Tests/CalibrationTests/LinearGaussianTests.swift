import Calibration
import Foundation
import Numerics
import Testing

/// A linear model with normal errors and normal priors, whose posterior is known exactly.
@Suite struct LinearGaussianTests {
    static let design = Matrix(rows: [[20, 5], [-4, 15], [8, 8], [3, -12]])
    static let truth = [0.45, 0.55]
    static let priors: [NormalPrior?] = [
        NormalPrior(mean: 0.5, deviation: 0.08), NormalPrior(mean: 0.5, deviation: 0.08),
    ]

    static func evaluation(_ point: [Double]) -> Evaluation {
        let residuals = (design * point.subtracting(truth)).adding(1, [0.3, -0.5, 0.2, 0.4])
        return PriorTerms(priors).added(to: Evaluation(residuals: residuals, jacobian: design), at: point)
    }

    /// C = (AᵀA + C₀⁻¹)⁻¹ and the mean that solves the normal equations.
    static func posterior() throws -> (mean: [Double], deviations: [Double], covariance: Matrix) {
        let start = evaluation([0, 0])
        let jacobian = try #require(start.jacobian)
        let factor = try #require(Cholesky(jacobian.gram))
        let mean = factor.solve(jacobian.transposeTimes(try #require(start.residuals)).scaled(-1))
        return (mean, factor.inverse.diagonal.map { $0.squareRoot() }, factor.inverse)
    }

    private func context(budget: Int) -> MethodContext {
        MethodContext(dimension: 2, priors: Self.priors, budget: budget, seed: 3)
    }

    /// Mean within a tenth of a deviation and deviations within a tenth.
    private func expectPosterior(_ samples: [[Double]], tolerance: Double = 0.1) throws {
        let exact = try Self.posterior()
        for index in 0..<2 {
            let values = samples.map { $0[index] }
            let deviation = (values.reduce(0) { $0 + pow($1 - values.mean, 2) } / Double(values.count - 1))
                .squareRoot()
            #expect(abs(values.mean - exact.mean[index]) < tolerance * exact.deviations[index])
            #expect(abs(deviation / exact.deviations[index] - 1) < tolerance)
        }
    }

    private func run<Drawn: Method>(_ method: Drawn, budget: Int = 1_000_000) throws -> Drawn {
        var search = Search(method, budget: budget)
        search.run { Outcome(checking: Self.evaluation($0.point)) }
        return try #require(search.method as? Drawn)
    }

    @Test func theLaplaceApproximationIsExact() throws {
        let exact = try Self.posterior()
        let jacobian = try #require(Self.evaluation(exact.mean).jacobian)
        let laplace = try #require(LaplacePosterior(jacobian: jacobian, at: exact.mean, names: ["a", "b"]))
        for (value, expected) in zip(laplace.covariance.values, exact.covariance.values) {
            #expect(abs(value - expected) < 1e-12)
        }
        #expect(laplace.flatDirections.isEmpty && laplace.atBounds.isEmpty)
    }

    @Test func multipleAssimilationSamplesThePosterior() throws {
        var settings = EnsembleInversion.Settings()
        settings.members = 4000
        try expectPosterior(
            run(EnsembleInversion(settings, .fixed(passes: 4), context(budget: 1_000_000))).members)
    }

    @Test func ensembleInversionSamplesThePosterior() throws {
        var settings = EnsembleInversion.Settings()
        settings.members = 4000
        let method = EnsembleInversion(settings, .adaptive(optimises: false), context(budget: 1_000_000))
        try expectPosterior(run(method).members)
    }

    @Test func theStretchSamplerSamplesThePosterior() throws {
        let exact = try Self.posterior()
        let sampler = StretchSampler(
            start: exact.mean, spread: exact.deviations, walkers: 20, draws: 2000, context(budget: 100_000))
        try expectPosterior(run(sampler).samples)
    }

    @Test func adaptiveMetropolisSamplesThePosterior() throws {
        let exact = try Self.posterior()
        let sampler = AdaptiveMetropolis(
            start: exact.mean, spread: [0.05, 0.05], draws: 16_000, context(budget: 100_000))
        try expectPosterior(run(sampler).samples)
    }

    @Test func hamiltonianSamplesThePosterior() throws {
        let exact = try Self.posterior()
        let sampler = HamiltonianSampler(
            start: exact.mean, spread: exact.deviations, draws: 4000, context(budget: 1_000_000))
        let drawn = try run(sampler)
        try expectPosterior(drawn.samples)
        let chains = drawn.settledChains.map { $0.map { $0[0] } }
        #expect(abs(ChainDiagnosis.potentialScaleReduction(chains) - 1) < 0.01)
        #expect(ChainDiagnosis.effectiveSampleSize(chains) > 1000)
    }

    @Test func profilesGiveTheIntervalsOfALinearModel() throws {
        let exact = try Self.posterior()
        let method = ProfileLikelihood(
            best: exact.mean, cost: Self.evaluation(exact.mean).cost, usesResiduals: true,
            context(budget: 100_000))
        let profiles = try run(method)
        for index in 0..<2 {
            let interval = profiles.interval(index)
            let half = 2.706.squareRoot() * exact.deviations[index]
            #expect(abs(try #require(interval.upper) - exact.mean[index] - half) < 0.02 * half)
            #expect(abs(exact.mean[index] - (try #require(interval.lower)) - half) < 0.02 * half)
        }
    }

    /// Intervals of 90 % contain the truth in 85 to 95 % of 200 synthetic repeats.
    @Test func intervalsCoverTheTruth() throws {
        var random = RandomStream(seed: 11)
        var covered = 0
        for _ in 0..<200 {
            let errors = (0..<4).map { _ in random.normal() }
            let context = MethodContext(dimension: 2, budget: 100)
            var search = Search(LevenbergMarquardt(.init(), context), budget: 100)
            search.run { .residuals((Self.design * $0.point.subtracting(Self.truth)).adding(1, errors)) }
            let best = try #require(search.best)
            let laplace = try #require(
                LaplacePosterior(jacobian: Self.design, at: best.point, names: ["a", "b"]))
            covered += abs(best.point[0] - Self.truth[0]) < 1.645 * laplace.deviations[0] ? 1 : 0
        }
        #expect((170...190).contains(covered), "\(covered) of 200")
    }

    /// Predictive intervals of 90 % hold new observations, of places that were not fitted, in 85 to 95 % of 200 repeats.
    @Test func predictiveIntervalsCoverNewObservations() throws {
        var random = RandomStream(seed: 12)
        let place = Matrix(rows: [[6, -9]])
        var covered = (normal: 0, drawn: 0)
        for _ in 0..<200 {
            let errors = (0..<4).map { _ in random.normal() }
            let context = MethodContext(dimension: 2, budget: 100)
            var search = Search(LevenbergMarquardt(.init(), context), budget: 100)
            search.run { .residuals((Self.design * $0.point.subtracting(Self.truth)).adding(1, errors)) }
            let best = try #require(search.best)
            let laplace = try #require(
                LaplacePosterior(jacobian: Self.design, at: best.point, names: ["a", "b"]))
            let prediction = (place * best.point)[0]
            let spread = laplace.predictionDeviations(place)[0]
            let new = (place * Self.truth)[0] + 0.5 * random.normal()
            let interval = PredictiveInterval.normal(prediction: prediction, spread: spread, deviation: 0.5)
            covered.normal += interval.contains(new) ? 1 : 0
            let draws = (0..<100).map { _ in prediction + spread * random.normal() }
            let mixture = try #require(PredictiveInterval.mixture(predictions: draws, deviation: 0.5))
            covered.drawn += mixture.contains(new) ? 1 : 0
        }
        #expect((170...190).contains(covered.normal), "\(covered) of 200")
        #expect((170...190).contains(covered.drawn), "\(covered) of 200")
    }

    /// Walkers that move slowly, each about the same distribution, are many draws together; one common drift is not.
    @Test func ensemblesAreJudgedAsAWhole() {
        var random = RandomStream(seed: 5)
        var walkers = (0..<40).map { _ in
            var value = random.normal()
            return (0..<200).map { _ in
                value = 0.98 * value + 0.19899748742 * random.normal()
                return value
            }
        }
        #expect(ChainDiagnosis.ensembleReduction(walkers) < 1.1)
        #expect(ChainDiagnosis.potentialScaleReduction(walkers) > 1.1)
        #expect(ChainDiagnosis.ensembleSampleSize(walkers) > 40)
        walkers = walkers.map { walker in walker.indices.map { walker[$0] + 0.02 * Double($0) } }
        #expect(ChainDiagnosis.ensembleReduction(walkers) > 1.1)
    }

    @Test func flatDirectionsAreNamed() throws {
        // Only the sum of the first two matters.
        let jacobian = Matrix(rows: [[50, 50, 0], [0, 0, 40], [30, 30, 10]])
        let laplace = try #require(
            LaplacePosterior(jacobian: jacobian, at: [0.5, 0.5, 1], names: ["a", "b", "c"]))
        #expect(laplace.flatDirections.count == 1)
        #expect(Set(laplace.flatDirections[0].components.map(\.name)) == ["a", "b"])
        #expect(laplace.atBounds == ["c"])
    }
}
