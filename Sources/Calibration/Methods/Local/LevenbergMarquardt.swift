import Numerics
import Schema

/// Levenberg–Marquardt for least squares within bounds (Marquardt 1963, doi:10.1137/0111030).
///
/// (JᵀJ + λD²) δ = −Jᵀr, where the rows of J and r hold data and priors alike (see ``PriorTerms``), so that JᵀJ is
/// JᵀR⁻¹J + C₀⁻¹. Several λ are tried at once where there are workers. Jacobians come from the model where it offers
/// them, else from differences asked for at once; between those, each step corrects J by Broyden's rank-one update
/// (Broyden 1965, doi:10.1090/S0025-5718-1965-0198670-6).
public struct LevenbergMarquardt: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The first λ.
        public var damping = 1e-2
        /// How many λ are tried at once; 0 for as many as there are workers, five at most.
        public var trials = 0
        /// How many steps may pass before differences are taken anew; 0 for as many as there are parameters.
        public var updates = 0
        /// The relative decrease of the cost that ends the search.
        public var tolerance = 1e-10
        /// Whether the last iterations take central differences, at twice the price.
        public var endsCentral = false
        /// The defaults.
        public init() {}
    }

    private enum Phase { case start, differences, trials, finished }

    private let settings: Settings
    private let precision: Double
    private let trialCount: Int
    private let updateLimit: Int
    private var phase = Phase.start
    /// The best point.
    public private(set) var point: [Double]
    /// The cost there; +∞ before the first evaluation.
    public private(set) var cost = Double.infinity
    /// The residuals there.
    public private(set) var residuals: [Double] = []
    /// The last Jacobian; nil before the first.
    public private(set) var jacobian: Matrix?
    private var scales: [Double] = []
    private var damping: Double
    private var differences: Differences?
    private var candidates: [(damping: Double, step: [Double], decrease: Double)] = []
    /// Whether the model answers with derivatives.
    private(set) var offersJacobian = false
    private var isCentral = false
    private var updates = 0
    private var rejections = 0
    private var starts = 0
    /// How often a new point was accepted.
    public private(set) var iterations = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "Levenberg–Marquardt" }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        precision = context.precision
        point = clamped(context.initial)
        damping = settings.damping
        trialCount = settings.trials > 0 ? settings.trials : min(5, context.workers)
        updateLimit = settings.updates > 0 ? settings.updates : context.dimension
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        switch phase {
        case .start: [Proposal(point, wantsDerivatives: true)]
        case .differences: differences?.proposals ?? []
        case .trials:
            candidates.map { Proposal(clamped(point.adding(1, $0.step)), wantsDerivatives: offersJacobian) }
        case .finished: []
        }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        switch phase {
        case .start: begin(outcomes[0])
        case .differences:
            differences?.tell(outcomes)
            guard let differences, differences.proposals.isEmpty else { return }
            useJacobian(differences.jacobian(residuals: residuals), isFresh: true)
        case .trials: judge(outcomes)
        case .finished: return
        }
    }

    private mutating func begin(_ outcome: Outcome) {
        starts += 1
        guard let evaluation = outcome.evaluation else {
            // A start that fails is moved halfway to the middle a few times before the search gives up.
            point = point.map { 0.5 * ($0 + 0.5) }
            if starts > 5 { finish("the model fails at the start") }
            return
        }
        guard let residuals = evaluation.residuals, !residuals.isEmpty else {
            return finish("the model gives no residuals")
        }
        (cost, self.residuals, offersJacobian) = (evaluation.cost, residuals, evaluation.jacobian != nil)
        acquireJacobian(evaluation.jacobian)
    }

    private mutating func acquireJacobian(_ known: Matrix?) {
        if let known { return useJacobian(known, isFresh: true) }
        differences = Differences(at: point, precision: precision, isCentral: isCentral)
        phase = .differences
    }

    private mutating func useJacobian(_ matrix: Matrix, isFresh: Bool) {
        if isFresh { updates = 0 }
        jacobian = matrix
        let lengths = (0..<matrix.columns).map { max(1e-12, matrix.column($0).norm) }
        scales = scales.isEmpty ? lengths : zip(scales, lengths).map { max($0, $1) }
        prepareTrials()
    }

    private mutating func prepareTrials() {
        guard let jacobian else { return }
        let model = DampedStep(point: point, residuals: residuals, jacobian: jacobian, scales: scales)
        candidates = (0..<trialCount).compactMap { index in
            // 1, then a tenth, ten, a hundred, a hundredth of λ.
            let factor = [1, 0.1, 10, 100, 0.01][index % 5]
            return model.step(damping: damping * factor).map { (damping * factor, $0.step, $0.decrease) }
        }
        let promised = candidates.map(\.decrease).max() ?? 0
        if promised <= settings.tolerance * cost || cost == 0 {
            return converged("no step promises a decrease")
        }
        phase = .trials
    }

    private mutating func judge(_ outcomes: [Outcome]) {
        let order = outcomes.indices.filter { outcomes[$0].evaluation?.residuals?.count == residuals.count }
        guard let index = order.min(by: { outcomes[$0].cost < outcomes[$1].cost }),
            let evaluation = outcomes[index].evaluation, evaluation.cost < cost
        else { return reject(failed: order.isEmpty) }
        accept(evaluation, candidates[index])
    }

    private mutating func accept(
        _ evaluation: Evaluation, _ candidate: (damping: Double, step: [Double], decrease: Double)
    ) {
        let target = clamped(point.adding(1, candidate.step))
        let step = target.subtracting(point)
        let decrease = cost - evaluation.cost
        let ratio = decrease / candidate.decrease
        let former = residuals
        (point, cost, residuals) = (target, evaluation.cost, evaluation.residuals ?? residuals)
        iterations += 1
        rejections = 0
        damping = max(1e-12, candidate.damping * (ratio > 0.75 ? 0.2 : ratio < 0.25 ? 4 : 1))
        if decrease <= settings.tolerance * cost { return converged("the cost no longer decreases") }
        if let known = evaluation.jacobian { return useJacobian(known, isFresh: true) }
        guard let jacobian, updates < updateLimit, ratio > 0.25, let length = Optional(step.dot(step)),
            length > 0
        else { return acquireJacobian(nil) }
        updates += 1
        var corrected = jacobian
        let error = residuals.subtracting(former).subtracting(jacobian * step)
        corrected.addOuter(1 / length, error, step)
        useJacobian(corrected, isFresh: false)
    }

    /// - Parameter failed: whether no trial was answered, which says nothing against the Jacobian.
    private mutating func reject(failed: Bool) {
        // What a corrected Jacobian got wrong, differences may get right.
        if updates > 0, !failed { return acquireJacobian(nil) }
        rejections += 1
        damping *= failed ? 3 : trialCount > 2 ? 1000 : 8
        if rejections > 12 { return converged("no step decreases the cost") }
        prepareTrials()
    }

    private mutating func converged(_ reason: String) {
        if updates > 0 { return acquireJacobian(nil) }
        guard settings.endsCentral, !isCentral, !offersJacobian else { return finish(reason) }
        isCentral = true
        rejections = 0
        damping = min(damping, settings.damping)
        acquireJacobian(nil)
    }

    private mutating func finish(_ reason: String) {
        ending = reason
        phase = .finished
    }
}
