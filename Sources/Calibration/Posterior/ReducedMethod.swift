/// A method over the coordinates that are left when one is held.
struct ReducedMethod: Sendable {
    private let held: Int
    private let value: Double
    private var inner: any Method
    private var asked: [Proposal] = []
    /// The best whole point and its cost.
    private(set) var best: (point: [Double], cost: Double)
    private var evaluations = 0
    private let limit: Int

    /// - Parameters:
    ///   - start: A whole point; its held coordinate is replaced.
    ///   - limit: The evaluations after which the search ends.
    init(
        holding held: Int, at value: Double, start: [Double], usesResiduals: Bool, limit: Int,
        _ context: MethodContext
    ) {
        (self.held, self.value, self.limit) = (held, value, limit)
        var whole = start
        whole[held] = value
        best = (whole, .infinity)
        var reduced = context
        reduced.dimension = start.count - 1
        var (initial, priors) = (start, context.priors)
        initial.remove(at: held)
        priors.remove(at: held)
        (reduced.initial, reduced.priors) = (initial, priors)
        inner = usesResiduals ? LevenbergMarquardt(.init(), reduced) : QuasiNewton(.init(), reduced)
    }

    var isFinished: Bool {
        inner.ending != nil || evaluations >= limit || (best.point.count == 1 && evaluations > 0)
    }

    mutating func ask() -> [Proposal] {
        // Nothing is left to search.
        if best.point.count == 1 {
            asked = [Proposal(best.point)]
            return asked
        }
        asked = inner.ask().map { proposal in
            var point = proposal.point
            point.insert(value, at: held)
            return Proposal(point)
        }
        return asked
    }

    mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        for (proposal, outcome) in zip(asked, outcomes) where outcome.cost < best.cost {
            best = (proposal.point, outcome.cost)
        }
        if best.point.count > 1 { inner.tell(outcomes) }
    }
}
