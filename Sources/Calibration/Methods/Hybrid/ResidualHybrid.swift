import Numerics

/// The default for a model that answers with outputs at observations.
///
/// Descents by Levenberg–Marquardt from the best points of designs that cover the cube, one design after the other, until the
/// observation errors explain the cost, or the minima found are with some certainty all that there are (see
/// ``BasinTally``). Where nearly every descent ends elsewhere an evolution is tried once. Where there are many parameters and
/// the start is far from the observations, an ensemble leads to the start of each descent (see ``EnsembleStart``).
public struct ResidualHybrid: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// Points of the design for each parameter.
        public var design = 4
        /// How many descents, and how many ensembles, there are before an evolution is tried.
        public var starts = 6
        /// The relative difference at which two minima are one.
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

    private enum Phase { case initial, ensemble, design, descent, probe, evolution, finished }

    private let settings: Settings
    private var context: MethodContext
    private var random: RandomStream
    private var phase = Phase.initial
    private var isSoft = false
    private var isCoarse = false
    private var leastInDescent = Double.infinity
    private var pool = StartPool()
    private var local: LevenbergMarquardt
    private var evolution: CovarianceRun?
    private var evolutionLimit = 0
    private var ensemble: EnsembleStart?
    private var tally: BasinTally
    private var probe: NoiseProbe?
    private var isExplored = false
    private var residualCount = 0
    private var evaluations = 0
    private var best: (point: [Double], cost: Double)
    private var bestResiduals: [Double] = []
    private var asked: [Proposal] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?
    private var decisions: [Decision] = []

    /// See ``Method/record``.
    public var record: MethodRecord { MethodRecord(decisions: decisions, tally: tally, noise: probe?.noise) }

    /// See ``Method/stage``.
    public var stage: String {
        switch phase {
        case .initial, .design: "design"
        case .ensemble: "ensemble, start \(tally.descents + 1)"
        case .descent: "Levenberg–Marquardt, start \(tally.descents + 1)"
        case .probe: "test for noise"
        case .evolution: "CMA-ES"
        case .finished: "finished"
        }
    }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        self.context = context
        random = RandomStream(seed: context.seed, stream: 4)
        local = LevenbergMarquardt(.init(), context)
        tally = BasinTally(agreement: settings.agreement)
        best = (clamped(context.scattered().initial), .infinity)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        asked =
            switch phase {
            case .initial: [Proposal(best.point, wantsDerivatives: true)]
            case .ensemble: ensemble?.ask() ?? []
            case .design: design()
            case .descent: local.ask()
            case .probe: probe?.proposals ?? []
            case .evolution: evolution?.ask(&random).map { Proposal($0) } ?? []
            case .finished: []
            }
        return asked
    }

    private mutating func design() -> [Proposal] {
        // The first two never take more than a fifth of the budget.
        let count = min(settings.design * context.dimension, context.budget / 5) / 2
        return latinHypercube(max(2, count), dimension: context.dimension, &random).map { Proposal($0) }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        leastInDescent = outcomes.map(\.cost).reduce(leastInDescent, min)
        for (proposal, outcome) in zip(asked, outcomes) {
            residualCount = max(residualCount, outcome.evaluation?.residuals?.count ?? 0)
            if outcome.cost < best.cost {
                best = (proposal.point, outcome.cost)
                bestResiduals = outcome.evaluation?.residuals ?? []
            }
        }
        switch phase {
        case .initial, .design: collect(outcomes)
        case .ensemble: gather(outcomes)
        case .descent:
            local.tell(isSoft ? outcomes.map(Self.softening.softened) : outcomes)
            if isSoft, leastInDescent < Self.near * Double(residualCount) {
                harden("residuals are no longer far beyond their errors")
            } else if let reason = local.ending {
                isSoft ? harden(reason) : conclude(reason)
            }
        case .probe: judgeNoise(outcomes)
        case .evolution: follow(outcomes)
        case .finished: return
        }
    }

    private mutating func collect(_ outcomes: [Outcome]) {
        pool.add(asked, outcomes)
        if phase == .initial {
            let isFar = best.cost > Self.farAway * Double(residualCount)
            isFar && context.dimension >= EnsembleStart.manyParameters ? startEnsemble() : (phase = .design)
            return
        }
        pool.concludeDesign()
        note("design \(pool.designs) is evaluated")
        startDescent()
    }

    private mutating func startEnsemble() {
        guard tally.descents < settings.starts else { return startEvolution() }
        ensemble = EnsembleStart(tally.descents, context)
        pool.clear()
        phase = .ensemble
    }

    private mutating func gather(_ outcomes: [Outcome]) {
        ensemble?.tell(outcomes)
        pool.keepBest(asked, outcomes)
        guard let reason = ensemble?.handOver(residuals: residualCount) else { return }
        note("the ensemble hands over to a descent: \(reason)")
        startDescent()
    }

    private mutating func startDescent() {
        guard let start = pool.next() else {
            phase = .design
            return
        }
        // Softened or not, either may lead where the other does not: without an ensemble they take turns.
        let isFar = start.cost > Self.farAway * Double(residualCount)
        isSoft = isFar && (ensemble != nil || tally.descents % 2 == 1)
        isCoarse = tally.descents > 0 && ensemble == nil
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
    /// standard deviation. One of many starts ends sooner, and goes on only where it may be the best.
    private var descentTolerance: Double {
        let fine = 1e-3 / max(1, Double(residualCount - context.dimension))
        if ensemble != nil { return fine }
        return max(fine, isSoft ? 0.1 : isCoarse ? 0.03 : 0)
    }

    /// Whether a descent that ended early is worth its last steps.
    private var isPromising: Bool {
        isCoarse && local.cost <= 1.2 * min(tally.best?.cost ?? .infinity, best.cost)
    }

    private mutating func conclude(_ reason: String) {
        if isPromising {
            isCoarse = false
            local = descent(from: local.point)
            return
        }
        if probe == nil, !isExplained, !local.offersJacobian {
            probe = NoiseProbe(at: best.point, residuals: bestResiduals, context, &random)
            phase = .probe
            return
        }
        count(reason)
    }

    /// Answers that scatter make differences over tiny steps worthless: what the descent found is then no minimum.
    private mutating func judgeNoise(_ outcomes: [Outcome]) {
        probe?.tell(outcomes, scale: pool.spread)
        guard let noise = probe?.noise, noise > 0 else { return count("no noise is in the way") }
        let share = noise / max(pool.spread, .leastNormalMagnitude)
        note(
            "the answers scatter by \(noise) standard deviations of the observations: derivatives from larger steps"
        )
        context.precision = max(context.precision, NoiseProbe.precision(share))
        isCoarse = false
        local = descent(from: best.point)
        phase = .descent
    }

    private mutating func count(_ reason: String) {
        if local.cost.isFinite {
            tally.add(local.point, cost: local.cost, residuals: local.residuals)
        }
        if settings.endsAtNoise && isExplained && !looksForModes {
            let found = tally.descents > 1 ? ": \(tally.summary)" : ""
            return finish("the cost is what the observation errors explain\(found)")
        }
        note("a descent ended at \(local.cost): \(reason)")
        if isSettled { return finish(tally.summary) }
        if ensemble != nil { return startEnsemble() }
        isScattered && !isExplored ? startEvolution() : startDescent()
    }

    /// Whether a posterior is to be sampled, whose other modes have not been looked for: eight descents see one that a
    /// third of the cube leads to with a probability of 96 %. An ensemble covers the cube of itself.
    private var looksForModes: Bool {
        context.wantsAllMinima && ensemble == nil && tally.descents < 8
    }

    /// Whether further descents are not worth their runs. As long as the observation errors do not explain the cost, that
    /// takes more certainty: a narrow minimum, too, would have been found.
    private var isSettled: Bool {
        if ensemble != nil { return (tally.best?.visits ?? 0) > 1 }
        return tally.expectedUnseen < 0.5 && (isExplained || tally.unseenShare < 0.01)
    }

    /// Whether nearly every descent ended elsewhere, as on a rough cost.
    private var isScattered: Bool {
        tally.descents >= 2 * settings.starts && 4 * tally.basins.count > 3 * tally.descents
    }

    /// Whether independent errors of the stated size leave such a cost with a probability of 1 % or more.
    private var isExplained: Bool {
        let freedom = residualCount - context.dimension
        // Without freedom only an exact fit is one.
        guard freedom > 0 else { return best.cost < 1e-9 * Double(residualCount) }
        return chiSquareTail(best.cost, freedom: freedom) >= 0.01
    }

    private mutating func startEvolution() {
        note("descents end in ever new places: evolution from the best point")
        isExplored = true
        ensemble = nil
        pool.clear()
        evolutionLimit = max(1, (context.budget - evaluations) / 4)
        evolution = CovarianceRun(
            mean: best.point, step: 0.2,
            population: CovarianceRun.defaultPopulation(dimension: context.dimension))
        phase = .evolution
    }

    private mutating func follow(_ outcomes: [Outcome]) {
        evolution?.tell(outcomes.map(\.cost))
        guard let run = evolution,
            run.ending != nil || run.step < 1e-3 || run.evaluations >= evolutionLimit
        else { return }
        note("\(run.ending ?? "the evolution has contracted"): Levenberg–Marquardt from its best point")
        (isSoft, isCoarse) = (false, false)
        local = descent(from: best.point)
        phase = .descent
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
