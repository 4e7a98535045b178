import Numerics

/// Walkers of the unit cube whose steps are accepted with a probability that a method decides; the lengths of steps adapt
/// so that about three in ten are accepted (Andrieu & Thoms 2008, doi:10.1007/s11222-008-9110-y).
struct RandomWalk: Sendable {
    /// Where the walkers are, and the costs there.
    private(set) var walkers: Population
    /// The length of steps relative to the ranges.
    private(set) var lengths: [Double]
    private var candidates: [[Double]] = []
    private var isFirst = true
    private let isAdaptedByGain: Bool

    /// - Parameter isAdaptedByGain: Whether steps grow when they lower the cost, one in five, instead of when they are
    ///   accepted: for acceptances that stay rare however short a step is.
    init(
        _ count: Int, step: Double, isAdaptedByGain: Bool = false, _ context: MethodContext,
        _ random: inout RandomStream
    ) {
        self.isAdaptedByGain = isAdaptedByGain
        walkers = Population(count, context, &random)
        lengths = Array(repeating: step, count: count)
    }

    /// The next places: half of the steps move one coordinate, half all of them; some are ten times shorter or longer.
    mutating func ask(_ random: inout RandomStream) -> [[Double]] {
        guard !isFirst else {
            candidates = walkers.points
            return candidates
        }
        candidates = walkers.points.indices.map { index in
            var point = walkers.points[index]
            let length = lengths[index] * [0.1, 1, 1, 1][random.below(4)]
            if random.uniform() < 0.5 {
                point[random.below(point.count)] += length * random.normal()
            } else {
                point = point.adding(length / Double(point.count).squareRoot(), random.normals(point.count))
            }
            return mirrored(point)
        }
        return candidates
    }

    /// Takes the costs of the candidates.
    ///
    /// - Parameter probability: Of a step from one finite cost to another.
    mutating func tell(
        _ costs: [Double], _ random: inout RandomStream, probability: (_ from: Double, _ to: Double) -> Double
    ) {
        for (index, cost) in costs.enumerated() {
            let chance = random.uniform()
            let former = walkers.costs[index]
            let isAccepted = former.isFinite ? cost.isFinite && chance < probability(former, cost) : true
            if isAccepted { (walkers.points[index], walkers.costs[index]) = (candidates[index], cost) }
            if !isFirst { adapt(index, grows: isAdaptedByGain ? cost < former : isAccepted) }
        }
        isFirst = false
    }

    private mutating func adapt(_ index: Int, grows: Bool) {
        let shrinkage = isAdaptedByGain ? 0.976 : 0.96
        lengths[index] = min(0.5, max(1e-9, lengths[index] * (grows ? 1.1 : shrinkage)))
    }

    /// Puts a walker at a point of known cost.
    mutating func place(_ index: Int, at point: [Double], cost: Double) {
        (walkers.points[index], walkers.costs[index]) = (point, cost)
    }
}
