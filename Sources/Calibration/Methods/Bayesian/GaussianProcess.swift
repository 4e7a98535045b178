import Foundation
import Numerics

/// A Gaussian process with a constant mean and the Matérn 5/2 kernel of one length for each coordinate
/// (Rasmussen & Williams 2006, chapters 2 and 5).
///
/// k(x, x') = s² (1 + √5 ρ + 5ρ²/3) e^(−√5 ρ), ρ² = Σ ((x_i − x'_i)/l_i)², plus a small noise on the diagonal. Costs are
/// standardised first; s² and the mean are those of greatest likelihood for given lengths.
struct GaussianProcess: Sendable {
    /// The points that are known.
    let points: [[Double]]
    /// l.
    let lengths: [Double]
    private let factor: Cholesky
    private let weights: [Double]
    private let mean: Double
    private let variance: Double
    private let offset: Double
    private let scale: Double
    /// The logarithm of the likelihood of the costs, up to a constant.
    let logLikelihood: Double

    /// Conditions the process on costs; nil where the covariance is not positive.
    init?(points: [[Double]], costs: [Double], lengths: [Double], noise: Double = 1e-8) {
        let count = costs.count
        let center = costs.mean
        let spread = (costs.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(max(1, count - 1)))
            .squareRoot()
        (offset, scale) = (center, spread > 0 ? spread : 1)
        var covariance = Matrix(rows: count, columns: count)
        for row in 0..<count {
            for column in 0...row {
                covariance[row, column] = Self.correlation(points[row], points[column], lengths)
                covariance[column, row] = covariance[row, column]
            }
            covariance[row, row] += noise
        }
        guard count > 1, let factor = Cholesky(covariance) else { return nil }
        let values = costs.map { [offset, scale] in ($0 - offset) / scale }
        let ones = factor.solve(Array(repeating: 1, count: count))
        let mean = ones.dot(values) / ones.reduce(0, +)
        let deviations = values.map { $0 - mean }
        let weights = factor.solve(deviations)
        variance = max(1e-12, deviations.dot(weights) / Double(count))
        (self.points, self.lengths, self.factor) = (points, lengths, factor)
        (self.mean, self.weights) = (mean, weights)
        logLikelihood = -0.5 * (Double(count) * log(variance) + factor.logDeterminant)
    }

    /// The mean and the standard deviation of the cost at a point.
    func predict(_ point: [Double]) -> (mean: Double, deviation: Double) {
        let row = points.map { Self.correlation($0, point, lengths) }
        let solved = factor.solveTriangle(row, transpose: false)
        let remaining = max(0, 1 - solved.dot(solved))
        return (offset + scale * (mean + row.dot(weights)), scale * (variance * remaining).squareRoot())
    }

    private static func correlation(_ first: [Double], _ second: [Double], _ lengths: [Double]) -> Double {
        var square = 0.0
        for index in first.indices {
            let distance = (first[index] - second[index]) / lengths[index]
            square += distance * distance
        }
        let distance = (5 * square).squareRoot()
        return (1 + distance + 5 * square / 3) * exp(-distance)
    }

    /// The process whose lengths make the costs likeliest, searched for in ln l from 0.03 to 10.
    static func fitted(points: [[Double]], costs: [Double], start: [Double]?) -> GaussianProcess? {
        let dimension = points.first?.count ?? 0
        func lengths(_ point: [Double]) -> [Double] { point.map { 0.03 * pow(10 / 0.03, $0) } }
        let initial = (start ?? Array(repeating: 0.5, count: dimension)).map {
            min(1, max(0, start == nil ? $0 : log($0 / 0.03) / log(10 / 0.03)))
        }
        let budget = 15 * (dimension + 1)
        let context = MethodContext(dimension: dimension, initial: initial, budget: budget, precision: 1e-8)
        var search = Search(QuasiNewton(.init(), context), budget: budget)
        search.run { proposal in
            let process = GaussianProcess(points: points, costs: costs, lengths: lengths(proposal.point))
            return process.map { .cost(-$0.logLikelihood) } ?? .failed("covariance")
        }
        return GaussianProcess(
            points: points, costs: costs, lengths: lengths(search.best?.point ?? initial))
    }
}
