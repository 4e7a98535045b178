import Numerics

/// Shares of the variance of an answer: first-order indices S_i and total indices T_i (Sobol 2001,
/// doi:10.1016/S0378-4754(00)00270-6) from N (d + 2) evaluations by the estimators of Saltelli et al. (2010,
/// doi:10.1016/j.cpc.2009.09.018) for S and of Jansen (1999, doi:10.1016/S0010-4655(98)00154-4) for T.
public struct SobolIndices: Method {
    private let count: Int
    private let dimension: Int
    private var points: [[Double]] = []
    /// S_i when the method is through.
    public private(set) var first: [Double] = []
    /// T_i when the method is through.
    public private(set) var total: [Double] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "Sobol indices" }

    /// - Parameter samples: N, the rows of the two independent designs.
    public init(samples: Int = 1024, _ context: MethodContext) {
        (count, dimension) = (samples, context.dimension)
        var random = RandomStream(seed: context.seed, stream: 41)
        let a = latinHypercube(samples, dimension: dimension, &random)
        let b = latinHypercube(samples, dimension: dimension, &random)
        points = a + b
        for coordinate in 0..<dimension {
            points += a.indices.map { row in
                var point = a[row]
                point[coordinate] = b[row][coordinate]
                return point
            }
        }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { ending == nil ? points.map { Proposal($0) } : [] }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        let values = outcomes.map(\.cost)
        // A row counts where all of its evaluations succeeded.
        let rows = (0..<count).filter { row in
            (0..<dimension + 2).allSatisfy { values[$0 * count + row].isFinite }
        }
        guard rows.count > 1 else {
            ending = "too many evaluations failed"
            return
        }
        let (a, b) = (rows.map { values[$0] }, rows.map { values[count + $0] })
        let mean = (a + b).mean
        let variance = (a + b).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(2 * rows.count)
        for coordinate in 0..<dimension {
            let mixed = rows.map { values[(coordinate + 2) * count + $0] }
            // Centred values leave less noise in the products.
            let products = rows.indices.map { (b[$0] - mean) * (mixed[$0] - a[$0]) }
            let squares = rows.indices.map { (a[$0] - mixed[$0]) * (a[$0] - mixed[$0]) }
            first.append(products.mean / variance)
            total.append(0.5 * squares.mean / variance)
        }
        ending = "all rows are evaluated"
    }
}
