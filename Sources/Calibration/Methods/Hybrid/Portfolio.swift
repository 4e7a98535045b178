import Numerics

/// BIPOP-CMA-ES and descents from random starts, batch by batch: the share of the descents doubles when one of them
/// finds a better point than any before, and falls when the evolution does.
struct Portfolio: Method {
    private var context: MethodContext
    private var random: RandomStream
    private var evolution: CovarianceAdaptation
    private var descent: QuasiNewton
    private var descents = 1
    private var descentEvaluations = 0
    private var isDescending = false
    private var refinement: CovarianceRun?
    private var share = 0.2
    private var improvement = 0.0
    private var spread = 0.0
    private var early: [Double] = []
    private let before: Int
    private var evaluations = 0
    private(set) var best: (point: [Double], cost: Double)
    private var asked: [Proposal] = []
    private var ownDecisions: [Decision] = []

    init(
        _ context: MethodContext, step: Double, evaluations: Int, best: (point: [Double], cost: Double),
        after first: QuasiNewton
    ) {
        self.context = context
        self.best = best
        before = evaluations
        random = RandomStream(seed: context.seed, stream: 3)
        var settings = CovarianceAdaptation.Settings()
        settings.step = step
        evolution = CovarianceAdaptation(settings, context.starting(at: best.point))
        descent = QuasiNewton(ScalarHybrid.descentSettings(context), context)
        descent = nextDescent()
        refinement = first.gradientRatio < 1e-4 && first.ending != nil ? nil : first.refinement(from: best)
    }

    var stage: String { isDescending ? "descent \(descents)" : evolution.stage }
    var ending: String? { nil }
    var decisions: [Decision] {
        (ownDecisions
            + evolution.decisions.map {
                Decision(evaluations: before + $0.evaluations, best: $0.best, reason: $0.reason)
            }).sorted { $0.evaluations < $1.evaluations }
    }

    mutating func ask() -> [Proposal] {
        if refinement != nil {
            asked = refinement?.ask(&random).map { Proposal($0) } ?? []
            return asked
        }
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
        if refinement != nil {
            refinement?.tell(outcomes.map(\.cost))
            if let reason = refinement?.ending ?? (10 * evaluations > context.budget ? "it has had its share" : nil) {
                ownDecisions.append(Decision(evaluations: before + evaluations, best: best.cost, reason: "local evolution ended: \(reason)"))
                evaluations = 0
                refinement = nil
            }
            return
        }
        if isDescending {
            descentEvaluations += outcomes.count
            descent.tell(outcomes)
            improvement += record - best.cost
            if descent.iterations == 4, early.count < descents - 1 {
                early.append(descent.current.cost)
                if early.count > 2, descent.current.cost > median(early) { return abandon() }
            }
            if descent.ending != nil { concludeDescent() }
        } else {
            evolution.tell(outcomes)
        }
    }

    private mutating func concludeDescent() {
        if descent.iterations == 0 {
            share = max(0.02, 0.5 * share)
        } else if improvement > 1e-3 * abs(spread) {
            share = min(0.7, 1.5 * share)
        } else {
            share = max(0.05, 0.8 * share)
        }
        spread = max(spread, descent.current.cost - best.cost)
        improvement = 0
        descent = nextDescent()
    }

    private mutating func abandon() {
        descent = nextDescent()
    }

    private mutating func nextDescent() -> QuasiNewton {
        descents += 1
        let start = best.point.map { _ in random.uniform() }
        return QuasiNewton(ScalarHybrid.descentSettings(context), context.starting(at: start))
    }
}

extension QuasiNewton {
    /// An evolution that goes on where a descent ended, shaped by its model of the curvature: C ∝ B⁻¹, and a step
    /// whose expected rise ½ σ² tr(B C) is what the last iterations gained.
    func refinement(from best: (point: [Double], cost: Double)) -> CovarianceRun? {
        guard let hessian, let eigen = SymmetricEigen(hessian), let largest = eigen.values.last, largest > 0,
            recentDecrease > 0
        else { return nil }
        let floor = 1e-10 * largest
        let covariance = eigen.mapped { 1 / max($0, floor) }
        let longest = (1 / max(eigen.values[0], floor)).squareRoot()
        let step = min(
            (2 * recentDecrease / Double(best.point.count)).squareRoot(), 0.1 / longest)
        let population = CovarianceRun.defaultPopulation(dimension: best.point.count)
        return CovarianceRun(
            mean: best.point, step: 1, population: population, covariance: (step * step) * covariance, patience: 10)
    }
}
