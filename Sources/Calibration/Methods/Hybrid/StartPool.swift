import Numerics

/// The points from which descents start: the best of designs that cover the cube, one design after the other, or the best
/// member of an ensemble. The first design gives one start, each later one the better quarter of its points, two at least.
struct StartPool: Sendable {
    private var points: [(point: [Double], cost: Double)] = []
    private var remaining = 0
    private var first: [Double] = []
    /// How many designs were evaluated.
    private(set) var designs = 0
    /// How far the residuals lie from those of the first point, root mean square, the largest value.
    private(set) var spread = 0.0

    /// Takes the points of a design and what the model answered; failures are left out.
    mutating func add(_ proposals: [Proposal], _ outcomes: [Outcome]) {
        // What the first descent left of its design competes with the second one.
        if designs > 1 { points = [] }
        for (proposal, outcome) in zip(proposals, outcomes) where outcome.cost.isFinite {
            points.append((proposal.point, outcome.cost))
            measure(outcome)
        }
    }

    private mutating func measure(_ outcome: Outcome) {
        guard let residuals = outcome.evaluation?.residuals, !residuals.isEmpty else { return }
        if first.isEmpty { first = residuals }
        guard first.count == residuals.count else { return }
        let shift = residuals.subtracting(first)
        spread = max(spread, (shift.dot(shift) / Double(shift.count)).squareRoot())
    }

    /// All points of a design are there.
    mutating func concludeDesign() {
        designs += 1
        points.sort { $0.cost < $1.cost }
        remaining = designs == 1 ? 1 : max(2, points.count / 4)
    }

    /// Keeps the best point of a generation of an ensemble, or the one before it.
    mutating func keepBest(_ proposals: [Proposal], _ outcomes: [Outcome]) {
        for (proposal, outcome) in zip(proposals, outcomes) where outcome.cost.isFinite {
            points.append((proposal.point, outcome.cost))
        }
        points = points.min { $0.cost < $1.cost }.map { [$0] } ?? []
        remaining = 1
    }

    /// The next start; nil where a new design is due.
    mutating func next() -> (point: [Double], cost: Double)? {
        guard remaining > 0, !points.isEmpty else { return nil }
        remaining -= 1
        return points.removeFirst()
    }

    /// Forgets all points.
    mutating func clear() { points = [] }
}
