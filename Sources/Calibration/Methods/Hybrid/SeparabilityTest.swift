import Numerics

/// Whether a cost is a sum of functions of one coordinate each: then f(x) + f(y) = f(x_S, y_S') + f(y_S, x_S') for every
/// set S of coordinates. Two points of known cost and a random S make a test of two evaluations.
struct SeparabilityTest: Sendable {
    private let first: (point: [Double], cost: Double)
    private let second: (point: [Double], cost: Double)
    private var exchanged: [[Double]] = []

    init(
        _ first: (point: [Double], cost: Double), _ second: (point: [Double], cost: Double),
        _ random: inout RandomStream
    ) {
        (self.first, self.second) = (first, second)
        var (left, right) = (first.point, second.point)
        let offset = random.uniform() < 0.5 ? 0 : 1
        let order = left.indices.map { ($0, random.uniform()) }.sorted { $0.1 < $1.1 }.map(\.0)
        for (rank, index) in order.enumerated() where (rank + offset) % 2 == 0 {
            swap(&left[index], &right[index])
        }
        exchanged = [left, right]
    }

    /// The two points to evaluate.
    var proposals: [Proposal] { exchanged.map { Proposal($0) } }

    /// Whether the sums agree to within rounding, a millionth of how far the costs differ at most.
    func isPassed(_ outcomes: [Outcome], precision: Double) -> Bool {
        let costs = outcomes.map(\.cost) + [first.cost, second.cost]
        guard costs.isFinite, let largest = costs.max(), let smallest = costs.min() else { return false }
        let error = abs(costs[0] + costs[1] - costs[2] - costs[3])
        return error <= 1e-6 * (largest - smallest) + 100 * precision * max(abs(largest), abs(smallest))
            && largest > smallest
    }
}
