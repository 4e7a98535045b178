import Calibration
import Foundation

/// What a calibration found: the best point, how sure it is, and what the model says there.
struct CalibrationFinding {
    /// One parameter at the best point.
    struct Estimate: Encodable, Sendable {
        var name: String
        var value: Double
        var lower: Double?
        var upper: Double?
        /// Of the normal approximation; nil where it is fixed or not known.
        var standardDeviation: Double?
        /// Of the sampled posterior: mean, and the bounds of the middle 90 %.
        var posteriorMean: Double?
        var interval: [Double]?
        /// Of the profile likelihood, 90 %; a missing bound is null.
        var profile: [Double?]?
        /// Elementary effect, or total share of the variance, over the whole ranges.
        var sensitivity: Double?

        private enum CodingKeys: String, CodingKey {
            case name, value, lower, upper, interval, profile, sensitivity
            case standardDeviation = "standard_deviation"
            case posteriorMean = "posterior_mean"
        }
    }

    let calibrator: Calibrator
    /// The loop of which the calibrator is the last search; nil where there is no surrogate beside the model.
    let loop: SurrogateLoop?
    /// Whether nothing was left out because of an interruption.
    private(set) var isComplete: Bool
    let best: BestPoint?
    var estimates: [Estimate] = []
    var comparisons: [Study.Comparison] = []
    var laplace: LaplacePosterior?
    /// What people should read about the fit, one sentence each.
    var remarks: [String] = []
    private(set) var samples: [[Double]] = []
    private(set) var profiles: [[(coordinate: Double, cost: Double)]] = []

    var study: Study { calibrator.study }

    /// - Parameter isComplete: whether the search came to its end; else nothing more is computed.
    init(
        _ calibrator: Calibrator, _ loop: SurrogateLoop?, isComplete: Bool,
        observe: (Calibrator.Progress) -> Void
    ) throws {
        (self.calibrator, self.loop) = (calibrator, loop)
        self.isComplete = isComplete
        best = loop.map { $0.best } ?? calibrator.search.best
        remarks = failureRemarks + workerRemarks
        guard let best else { return }
        estimates = study.space.parameters.indices.map { index in
            let parameter = study.space.parameters[index]
            let isFree = parameter.role == .free
            return Estimate(
                name: parameter.name, value: study.space.values(at: best.point)[index],
                lower: isFree ? parameter.lower : nil, upper: isFree ? parameter.upper : nil)
        }
        guard isComplete else { return }
        if case .hopeless = calibrator.search.stopped { return }
        try compare(best)
        try judge(best)
        try explore(best, observe)
        if calibrator.isExplorationCut {
            remarks.append(
                "the budget of [posterior] is spent: profiles, draws or sensitivities are cut short, or missing"
            )
        }
        self.isComplete = !cancelled()
    }

    private var failureRemarks: [String] {
        let reasons = calibrator.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var remarks = reasons.prefix(3).map { "\($0.value) points failed: \($0.key)" }
        if !remarks.isEmpty, case .process(let process) = study.model {
            remarks.append("what the program says on standard error is in \(process.folder)/worker-0/log.txt")
        }
        return remarks
    }

    private var workerRemarks: [String] {
        guard study.method.dependsOnWorkers, study.options.workers > 1 else { return [] }
        return [
            "\(study.method.word) asks for other points where there are other numbers of workers than "
                + "\(study.options.workers): the result may differ within its accuracy"
        ]
    }

    /// Runs the model at the best point, at the held-out sites too.
    private mutating func compare(_ best: BestPoint) throws {
        guard study.hasObservations else { return }
        for heldOut in study.sites.contains(where: \.isHeldOut) ? [false, true] : [false] {
            guard
                let replies = try (loop?.truth ?? calibrator).replies(
                    at: best.point, heldOut: heldOut, isCancelled: cancelled)
            else { return }
            comparisons += study.comparisons(replies, heldOut: heldOut)
        }
    }

    /// The rise of the cost up to which a minimum counts as a mode: three standard deviations.
    private static let modeRise = 9.0

    private mutating func explore(_ best: BestPoint, _ observe: (Calibrator.Progress) -> Void) throws {
        let options = study.posterior
        let context = study.context()
        if options.hasProfiles {
            var profile = ProfileLikelihood(
                best: best.point, cost: best.cost, usesResiduals: study.hasObservations,
                deviations: laplace?.deviations, context)
            if try calibrator.explore(&profile, isCancelled: cancelled, observe: observe) { take(profile) }
            if let better = profile.better {
                remarks.append(
                    "a profile met a lower cost, \(significant(better.cost)): the search did not end in the best minimum; give "
                        + "it a larger budget or another seed")
            }
        }
        let spread = laplace?.deviations ?? best.point.map { _ in 0.05 }
        let modes = calibrator.search.method.record.tally?.places(within: Self.modeRise) ?? []
        if options.sampling != .none, modes.count > 1 {
            remarks.append(
                "the draws begin about \(modes.count) minima of about the least cost, and jump between them")
        }
        switch options.sampling {
        case .none: break
        case .stretch:
            var sampler = StretchSampler(
                start: best.point, spread: spread, draws: options.draws, modes: modes, context)
            if try calibrator.explore(&sampler, isCancelled: cancelled, observe: observe) { take(sampler) }
        case .metropolis:
            var sampler = AdaptiveMetropolis(
                start: best.point, spread: spread, draws: options.draws, modes: modes, context)
            if try calibrator.explore(&sampler, isCancelled: cancelled, observe: observe) { take(sampler) }
        case .hamiltonian:
            var sampler = HamiltonianSampler(
                start: best.point, spread: spread, draws: options.draws, leaps: options.leaps,
                modes: modes, context)
            if try calibrator.explore(&sampler, isCancelled: cancelled, observe: observe) {
                if sampler.samples.isEmpty { remarks.append("no posterior: \(sampler.ending ?? "")") }
                take(sampler)
            }
        }
        try predictAtDraws(cancelled)
        remarkCoverage()
        remarks += loop?.remarks ?? []
        try screen(context, observe)
    }

    private mutating func screen(_ context: MethodContext, _ observe: (Calibrator.Progress) -> Void) throws {
        var values: [Double] = []
        switch study.posterior.screening {
        case .none: return
        case .morris:
            var screening = MorrisScreening(walks: study.posterior.screeningSamples, context)
            _ = try calibrator.explore(&screening, isCancelled: cancelled, observe: observe)
            values = screening.effects.map(\.meanMagnitude)
        case .sobol:
            var indices = SobolIndices(samples: study.posterior.screeningSamples, context)
            _ = try calibrator.explore(&indices, isCancelled: cancelled, observe: observe)
            values = indices.total
        }
        for (value, index) in zip(values, study.space.freeIndices) { estimates[index].sensitivity = value }
    }

    private mutating func take(_ profile: ProfileLikelihood) {
        profiles = profile.profiles
        for (coordinate, index) in study.space.freeIndices.enumerated() {
            let ends = profile.interval(coordinate)
            let (space, best) = (study.space, best)
            estimates[index].profile = [ends.lower, ends.upper].map { end in
                end.map { Self.value(space, best, index, coordinate, $0) }
            }
        }
    }

    /// Independent draws from which the bounds of the middle 90 % are known to about a tenth of its width.
    private static let enoughDraws = 100.0

    /// R̂ up to which draws count as settled.
    private static let settled = 1.1

    private mutating func take(_ sampler: some Sampler) {
        samples = sampler.samples
        var fewest = (count: Double.infinity, name: "")
        var worst = (reduction: 0.0, name: "")
        for (coordinate, index) in study.space.freeIndices.enumerated() {
            let (space, best) = (study.space, best)
            let values = samples.map { Self.value(space, best, index, coordinate, $0[coordinate]) }.sorted()
            guard !values.isEmpty else { return }
            estimates[index].posteriorMean = values.reduce(0, +) / Double(values.count)
            let quantile = { (share: Double) in values[Int(share * Double(values.count - 1))] }
            estimates[index].interval = [quantile(0.05), quantile(0.95)]
            let (size, reduction) = sampler.diagnosis(of: coordinate)
            if size < fewest.count { fewest = (size, estimates[index].name) }
            if reduction > worst.reduction { worst = (reduction, estimates[index].name) }
        }
        if worst.reduction > Self.settled {
            remarks.append(
                "the draws of \(worst.name) have not settled (R̂ = \(significant(worst.reduction))): raise draws"
            )
        }
        if fewest.count < Self.enoughDraws {
            remarks.append(
                "the draws of \(fewest.name) are worth \(significant(fewest.count)) independent ones: raise draws"
            )
        }
    }

    /// The value of a parameter at one unit coordinate.
    func value(_ index: Int, _ coordinate: Int, _ position: Double) -> Double {
        Self.value(study.space, best, index, coordinate, position)
    }

    private static func value(
        _ space: ParameterSpace, _ best: BestPoint?, _ index: Int, _ coordinate: Int, _ position: Double
    ) -> Double {
        var point = best?.point ?? space.initial
        point[coordinate] = position
        return space.values(at: point)[index]
    }

    var cancelled: @Sendable () -> Bool { { Interruption.requested != nil } }

    /// Why the search ended, in words.
    var ending: String {
        switch calibrator.search.stopped {
        case .budget: "the budget of \(calibrator.search.budget) points is spent"
        case .target: "the target is reached"
        case .failures: "more than \(calibrator.search.maximumFailures) points failed"
        case .hopeless:
            "all \(calibrator.search.failures) points failed for the same reason: mend the model, or set "
                + "maximum_failures to go on all the same"
        case .finished(let reason): reason
        case nil: "interrupted"
        }
    }
}
