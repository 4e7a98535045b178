import Numerics

/// Priors as further observations: the rows (u_i − m_i) / s_i behind the residuals of the data, so that a cost
/// Σ r² is the data's plus the prior's, and a method for least squares needs to know nothing of priors.
public struct PriorTerms: Sendable {
    /// The priors in unit coordinates; nil where there is none.
    public let priors: [NormalPrior?]
    private let indices: [Int]

    /// - Parameter priors: One for each unit coordinate.
    public init(_ priors: [NormalPrior?]) {
        self.priors = priors
        indices = priors.indices.filter { priors[$0] != nil }
    }

    /// The number of rows.
    public var count: Int { indices.count }

    /// The rows at a point.
    public func residuals(at point: [Double]) -> [Double] {
        indices.compactMap { index in priors[index].map { (point[index] - $0.mean) / $0.deviation } }
    }

    /// ∂(rows)/∂u.
    public var jacobian: Matrix {
        var matrix = Matrix(rows: count, columns: priors.count)
        for (row, index) in indices.enumerated() {
            matrix[row, index] = 1 / (priors[index]?.deviation ?? 1)
        }
        return matrix
    }

    /// An evaluation of the data alone, with the prior's share of cost, gradient, residuals and Jacobian.
    public func added(to data: Evaluation, at point: [Double]) -> Evaluation {
        guard count > 0 else { return data }
        var evaluation = data
        let rows = residuals(at: point)
        evaluation.cost += rows.dot(rows)
        evaluation.residuals = data.residuals.map { $0 + rows }
        evaluation.gradient = data.gradient.map { $0.adding(2, jacobian.transposeTimes(rows)) }
        evaluation.jacobian = data.jacobian.map { $0.stacked(over: jacobian) }
        return evaluation
    }
}
