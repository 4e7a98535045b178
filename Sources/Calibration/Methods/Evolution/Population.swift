import Numerics

/// Points of the unit cube with their costs.
struct Population: Sendable {
    /// The points.
    var points: [[Double]]
    /// Their costs; +∞ where unknown or failed.
    var costs: [Double]

    /// A Latin hypercube whose first point is the start that the context gives.
    init(_ count: Int, _ context: MethodContext, _ random: inout RandomStream) {
        points = latinHypercube(count, dimension: context.dimension, &random)
        points[0] = clamped(context.initial)
        costs = Array(repeating: .infinity, count: count)
    }

    /// How many there are.
    var count: Int { points.count }

    /// The number of the best.
    var bestIndex: Int { costs.indices.min { costs[$0] < costs[$1] } ?? 0 }

    /// The best point and its cost.
    var best: (point: [Double], cost: Double) { (points[bestIndex], costs[bestIndex]) }

    /// The numbers from best to worst.
    var ranking: [Int] { costs.indices.sorted { costs[$0] < costs[$1] } }

    /// Keeps only the best.
    mutating func shrink(to count: Int) {
        let kept = ranking.prefix(max(1, count))
        (points, costs) = (kept.map { points[$0] }, kept.map { costs[$0] })
    }

    /// The spread of the points: the largest standard deviation over the coordinates.
    var spread: Double {
        guard count > 1 else { return 0 }
        return points[0].indices.reduce(0) { largest, coordinate in
            let values = points.map { $0[coordinate] }
            let mean = values.mean
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
            return max(largest, variance.squareRoot())
        }
    }
}
