import Numerics
import Schema

/// The default for a model that answers with outputs at observations: where there are many parameters and the start is far
/// from the observations, an ensemble and Levenberg–Marquardt from its best member, again and again until two descents agree
/// or the observation errors explain the cost (see ``EnsembleStart``). Else half of a design and Levenberg–Marquardt from its
/// best point; where the observation errors do not explain the cost that it ends at, the other half and descents from
/// the best points of both until two agree; evolution where they do not, and a last polish.
public struct ResidualHybrid: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// Points of the design for each parameter.
        public var design = 4
        /// From how many of them descents start at most.
        public var starts = 6
        /// The relative difference at which two costs agree.
        public var agreement = 0.02
        /// Whether the search ends where the cost is what the observation errors explain.
        public var endsAtNoise = true
        /// The defaults.
        public init() {}
    }

    private static let softening = Softening(scale: 3)
    /// The mean square of residuals from which a descent begins softened.
    private static let farAway = 100.0
    /// The mean square at which softening ends.
    private static let near = 1.5

    private enum Phase { case initial, ensemble, design, descent, evolution, polish, finished }

    private let settings: Settings
    private let context: MethodContext
    private var random: RandomStream
    private var phase = Phase.initial
    private var designs = 0
    private var isSoft = false
    private var leastInDescent = Double.infinity
    private var sampled: [(point: [Double], cost: Double)] = []
    private var local: LevenbergMarquardt
    private var evolution: CovarianceRun?
    private var ensemble: EnsembleStart?
    private var descentCosts: [Double] = []
    private var residualCount = 0
    private var evaluations = 0
    private var best: (point: [Double], cost: Double)
    private var asked: [Proposal] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?
    private var decisions: [Decision] = []

    /// See ``Method/record``.
    public var record: MethodRecord { MethodRecord(decisions: decisions) }

    /// See ``Method/stage``.
    public var stage: String {
        switch phase {
        case .initial, .design: "design"
        case .ensemble: "ensemble, start \(descentCosts.count + 1)"
        case .descent: "Levenberg–Marquardt, start \(descentCosts.count + 1)"
        case .evolution: "CMA-ES"
        case .polish: "polish"
        case .finished: "finished"
        }
    }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        self.context = context
        random = RandomStream(seed: context.seed, stream: 4)
        local = LevenbergMarquardt(.init(), context)
        best = (clamped(context.initial), .infinity)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        asked =
            switch phase {
            case .initial: [Proposal(best.point, wantsDerivatives: true)]
            case .ensemble: ensemble?.ask() ?? []
            case .design: design()
            case .descent, .polish: local.ask()
            case .evolution: evolution?.ask(&random).map { Proposal($0) } ?? []
            case .finished: []
            }
        return asked
    }

    private mutating func design() -> [Proposal] {
        // Both halves never take more than a fifth of the budget.
        let count = min(settings.design * context.dimension, context.budget / 5) / 2
        return latinHypercube(max(2, count), dimension: context.dimension, &random).map { Proposal($0) }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        leastInDescent = outcomes.map(\.cost).reduce(leastInDescent, min)
        for (proposal, outcome) in zip(asked, outcomes) {
            residualCount = max(residualCount, outcome.evaluation?.residuals?.count ?? 0)
            if outcome.cost < best.cost { best = (proposal.point, outcome.cost) }
        }
        switch phase {
        case .initial, .design: collect(outcomes)
        case .ensemble: gather(outcomes)
        case .descent, .polish:
            local.tell(isSoft ? outcomes.map(Self.softening.softened) : outcomes)
            if isSoft, leastInDescent < Self.near * Double(residualCount) {
                harden("residuals are no longer far beyond their errors")
            } else if let reason = local.ending {
                isSoft ? harden(reason) : conclude(reason)
            }
        case .evolution: follow(outcomes)
        case .finished: return
        }
    }

    private mutating func collect(_ outcomes: [Outcome]) {
        sampled += zip(asked, outcomes).filter { $1.cost.isFinite }.map { ($0.point, $1.cost) }
        if phase == .initial {
            let isFar = best.cost > Self.farAway * Double(residualCount)
            isFar && context.dimension >= EnsembleStart.manyParameters ? startEnsemble() : (phase = .design)
            return
        }
        designs += 1
        sampled.sort { $0.cost < $1.cost }
        note(designs == 1 ? "half of the design is evaluated" : "the whole design is evaluated")
        startDescent()
    }

    private mutating func startEnsemble() {
        guard descentCosts.count < settings.starts else { return startEvolution() }
        ensemble = EnsembleStart(descentCosts.count, context)
        sampled = []
        phase = .ensemble
    }

    private mutating func gather(_ outcomes: [Outcome]) {
        ensemble?.tell(outcomes)
        sampled += zip(asked, outcomes).filter { $1.cost.isFinite }.map { ($0.point, $1.cost) }
        sampled = sampled.min { $0.cost < $1.cost }.map { [$0] } ?? []
        guard let reason = ensemble?.handOver(residuals: residualCount) else { return }
        note("the ensemble hands over to a descent: \(reason)")
        startDescent()
    }

    private mutating func startDescent() {
        guard !sampled.isEmpty, descentCosts.count < settings.starts else { return startEvolution() }
        let start = sampled.removeFirst()
        isSoft = start.cost > Self.farAway * Double(residualCount)
        local = descent(from: start.point)
        leastInDescent = .infinity
        phase = .descent
    }

    /// Where residuals are far beyond their errors, the largest ones rule the cost and lead descents astray, to bounds:
    /// from there a descent first goes by softened ones.
    private mutating func harden(_ reason: String) {
        note("a descent by softened residuals ended: \(reason)")
        isSoft = false
        local = descent(from: local.point)
    }

    private func descent(from point: [Double]) -> LevenbergMarquardt {
        var settings = LevenbergMarquardt.Settings()
        settings.tolerance = descentTolerance
        return LevenbergMarquardt(settings, context.starting(at: point))
    }

    /// A descent ends where a step promises less than a thousandth of χ² per degree of freedom: about a thirtieth of a
    /// standard deviation.
    private var descentTolerance: Double { 1e-3 / max(1, Double(residualCount - context.dimension)) }

    private mutating func conclude(_ reason: String) {
        let explained = settings.endsAtNoise && isExplained
        if phase == .polish { return finish("polished after the evolution: \(reason)") }
        descentCosts.append(local.cost)
        if explained { return finish("the cost is what the observation errors explain") }
        if designs == 1 {
            note("a descent ended at \(local.cost): \(reason); the other half of the design follows")
            phase = .design
            return
        }
        let agreeing = descentCosts.filter { $0 <= best.cost * (1 + settings.agreement) + 1e-300 }
        if agreeing.count >= 2 {
            return finish("\(agreeing.count) descents agree within \(Int(100 * settings.agreement)) %")
        }
        note("a descent ended at \(local.cost): \(reason)")
        ensemble == nil ? startDescent() : startEnsemble()
    }

    /// Whether independent errors of the stated size leave such a cost with a probability of 1 % or more.
    private var isExplained: Bool {
        let freedom = residualCount - context.dimension
        return freedom > 0 && chiSquareTail(best.cost, freedom: freedom) >= 0.01
    }

    private mutating func startEvolution() {
        note("no two descents agree: evolution from the best point")
        evolution = CovarianceRun(
            mean: best.point, step: 0.2,
            population: CovarianceRun.defaultPopulation(dimension: context.dimension))
        phase = .evolution
    }

    private mutating func follow(_ outcomes: [Outcome]) {
        evolution?.tell(outcomes.map(\.cost))
        guard let run = evolution, run.ending != nil || run.step < 1e-3 else { return }
        note("\(run.ending ?? "the evolution has contracted"): Levenberg–Marquardt from its best point")
        local = LevenbergMarquardt(.init(), context.starting(at: best.point))
        phase = .polish
    }

    private mutating func finish(_ reason: String) {
        ending = reason
        phase = .finished
        note(reason)
    }

    private mutating func note(_ reason: String) {
        decisions.append(Decision(evaluations: evaluations, best: best.cost, reason: reason))
    }
}

extension MethodKind {
    static let residualHybrid = MethodKind(
        "hybrid-residuals",
        "A design, Levenberg–Marquardt from its best points, evolution where they disagree.",
        requirement: .residuals, usesDerivatives: true, dependsOnWorkers: true,
        keys: [
            ResidualHybrid.Keys.design, ResidualHybrid.Keys.starts, ResidualHybrid.Keys.agreement,
            ResidualHybrid.Keys.endsAtNoise,
        ]
    ) { section, context in
        var settings = ResidualHybrid.Settings()
        settings.design = section[ResidualHybrid.Keys.design]
        settings.starts = section[ResidualHybrid.Keys.starts]
        settings.agreement = section[ResidualHybrid.Keys.agreement]
        settings.endsAtNoise = section[ResidualHybrid.Keys.endsAtNoise]
        return ResidualHybrid(settings, context)
    }
}

extension ResidualHybrid {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let design = Key.integer(
            "design", 1...1000, default: defaults.design, "Points of the design for each parameter.")
        static let starts = Key.integer(
            "starts", 1...1000, default: defaults.starts, "From how many of them descents start at most.")
        static let agreement = Key.number(
            "agreement", .within(0...1), default: defaults.agreement,
            "Relative difference at which costs agree.")
        static let endsAtNoise = Key.flag(
            "ends_at_noise", default: defaults.endsAtNoise,
            "Whether to end where the observation errors explain the cost.")
    }
}
