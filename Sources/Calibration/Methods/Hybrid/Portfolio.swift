import Numerics

/// BIPOP-CMA-ES and descents from random starts, batch by batch. The share of the descents grows when one of them ends
/// below every point before, and falls when one does not; it nearly vanishes where descents cannot take a step.
struct Portfolio: Method {
    private let context: MethodContext
    private let before: Int
    private var random: RandomStream
    private var evolution: CovarianceAdaptation
    private var descent: QuasiNewton
    private var descents = 0
    private var descentEvaluations = 0
    private var isDescending = false
    /// The share of the evaluations that descents may have taken.
    private var share = 0.2
    private var improvement = 0.0
    private var spread = 0.0
    /// The costs of descents after their fourth iteration: the race in which the worse half gives up.
    private var early: [Double] = []
    private var evaluations = 0
    private(set) var best: (point: [Double], cost: Double)
    private var asked: [Proposal] = []
    private var ownDecisions: [Decision] = []

    /// - Parameters:
    ///   - best: The best point so far.
    ///   - isMinimum: Whether it is a minimum of its surroundings: evolution then starts at the initial point of the
    ///     context, because it would only find this minimum again.
    ///   - evaluations: How many there were before.
    init(
        _ context: MethodContext, step: Double, best: (point: [Double], cost: Double), isMinimum: Bool,
        evaluations: Int
    ) {
        self.context = context
        self.best = best
        before = evaluations
        random = RandomStream(seed: context.seed, stream: 3)
        var settings = CovarianceAdaptation.Settings()
        settings.step = step
        evolution = CovarianceAdaptation(settings, isMinimum ? context : context.starting(at: best.point))
        descent = QuasiNewton(ScalarHybrid.descentSettings(context), context)
        startDescent()
    }

    var stage: String { isDescending ? "descent \(descents)" : evolution.stage }

    var ending: String? { nil }

    var record: MethodRecord {
        let shifted = evolution.record.decisions.map {
            Decision(evaluations: before + $0.evaluations, best: $0.best, reason: $0.reason)
        }
        return MethodRecord(decisions: (ownDecisions + shifted).sorted { $0.evaluations < $1.evaluations })
    }

    mutating func ask() -> [Proposal] {
        isDescending = Double(descentEvaluations) < share * Double(evaluations)
        asked = isDescending ? descent.ask() : evolution.ask()
        return asked
    }

    mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        let record = best.cost
        for (proposal, outcome) in zip(asked, outcomes) where outcome.cost < best.cost {
            best = (proposal.point, outcome.cost)
        }
        guard isDescending else { return evolution.tell(outcomes) }
        descentEvaluations += outcomes.count
        descent.tell(outcomes)
        if best.cost < record { improvement += record - best.cost }
        considerDescent()
    }

    private mutating func considerDescent() {
        if descent.iterations == 4, early.count < descents {
            early.append(descent.current.cost)
            if early.count > 2, descent.current.cost > median(early) { return startDescent() }
        }
        if descent.ending != nil { concludeDescent() }
    }

    private mutating func concludeDescent() {
        let former = share
        if descent.iterations == 0 {
            share = max(0.02, 0.5 * share)
        } else if improvement > 1e-3 * spread {
            share = min(0.7, 1.5 * share)
            note(
                "a descent found a better point: descents get \(percent(share)) of the runs, before \(percent(former))"
            )
        } else {
            share = max(0.05, 0.8 * share)
        }
        spread = max(spread, descent.current.cost - best.cost)
        startDescent()
    }

    private mutating func startDescent() {
        if early.count < descents { early.append(descent.current.cost) }
        descents += 1
        improvement = 0
        let start = best.point.map { _ in random.uniform() }
        descent = QuasiNewton(ScalarHybrid.descentSettings(context), context.starting(at: start))
    }

    private mutating func note(_ reason: String) {
        ownDecisions.append(Decision(evaluations: before + evaluations, best: best.cost, reason: reason))
    }

    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}
