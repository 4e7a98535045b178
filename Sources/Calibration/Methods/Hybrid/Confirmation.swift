import Numerics

/// Descents from random starts, one after the other, after one that ended in a minimum: whether all lead there.
///
/// First the cost has to rise along a few rays from the minimum, which costs next to nothing and where there are many minima
/// is seldom so. It ends as soon as a descent leads elsewhere, and is confirmed where the minimum is with some certainty the only one (see
/// ``BasinTally/expectedUnseen``). The first of them runs to its own end, so that the minimum is known to be one; those
/// after it are over where they arrive close to it.
struct Confirmation: Method {
    private let context: MethodContext
    private let start: Double
    private var random: RandomStream
    private var minimum: (point: [Double], cost: Double)
    private var descent: QuasiNewton
    private var rays: [[Double]] = []
    private static let distances = [0.04, 0.08, 0.15, 0.3, 0.6]
    private(set) var tally = BasinTally()
    private(set) var ending: String?

    /// - Parameters:
    ///   - minimum: The minimum in question.
    ///   - start: The cost from which the descent to it started.
    init(
        _ context: MethodContext, minimum: (point: [Double], cost: Double), start: Double,
        random: RandomStream
    ) {
        (self.context, self.start, self.minimum) = (context, start, minimum)
        self.random = random
        tally.add(minimum.point, cost: minimum.cost)
        descent = QuasiNewton(ScalarHybrid.descentSettings(context), context)
        renew()
        rays = (0..<2).flatMap { _ in ray() }
    }

    /// Points on the way from the minimum to a random one.
    private mutating func ray() -> [[Double]] {
        let direction = random.point(context.dimension).subtracting(minimum.point)
        return Self.distances.map { minimum.point.adding($0, direction) }
    }

    var stage: String { "descent \(tally.descents + 1)" }

    /// Whether every descent led to the same minimum, often enough to say that there is no other.
    var isConfirmed: Bool { tally.basins.count == 1 && tally.expectedUnseen < 0.5 }

    mutating func ask() -> [Proposal] {
        if ending != nil { return [] }
        return rays.isEmpty ? descent.ask() : rays.map { Proposal($0) }
    }

    mutating func tell(_ outcomes: [Outcome]) {
        guard rays.isEmpty else { return judgeRays(outcomes.map(\.cost)) }
        descent.tell(outcomes)
        let arrives = tally.descents > 1 && hasArrived
        guard arrives || descent.ending != nil else { return }
        if !arrives, !isMinimum {
            ending = "a descent from elsewhere ended in no minimum"
            return
        }
        tally.add(descent.current.point, cost: descent.current.cost)
        if descent.current.cost < minimum.cost { minimum = descent.current }
        if tally.basins.count > 1 {
            ending = "there is another minimum"
        } else if isConfirmed {
            ending = tally.summary
        } else {
            renew()
        }
    }

    private mutating func judgeRays(_ costs: [Double]) {
        rays = []
        let count = Self.distances.count
        let rises = costs.indices.allSatisfy { index in
            costs[index] >= (index % count == 0 ? minimum.cost : costs[index - 1])
        }
        if !rises { ending = "the cost falls on the way from the minimum outwards" }
    }

    /// Whether the descent is close to the minimum, in place and in cost.
    private var hasArrived: Bool {
        let (point, cost) = descent.current
        return point.subtracting(minimum.point).largestMagnitude < BasinTally.nearby
            && cost - minimum.cost < 1e-3 * (start - minimum.cost)
    }

    private var isMinimum: Bool {
        let isClose = descent.current.cost - minimum.cost <= 1e-6 * abs(start - minimum.cost)
        return descent.gradientRatio < ScalarHybrid.stationary && (isClose || !hasArrived)
    }

    private mutating func renew() {
        let start = random.point(context.dimension)
        descent = QuasiNewton(ScalarHybrid.descentSettings(context), context.starting(at: start))
    }
}
