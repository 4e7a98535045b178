import Foundation
import Numerics

/// Derivatives by difference quotients, all points of which are asked for at once.
struct Differences: Sendable {
    /// The point of the derivatives.
    let point: [Double]
    /// The points to evaluate: one for each coordinate, or two where quotients are central.
    let proposals: [Proposal]
    private let isCentral: Bool

    /// - Parameters:
    ///   - precision: The relative precision of the costs. Forward steps are of the order of its square root,
    ///     central ones of its cube root, which balances truncation against rounding.
    init(at point: [Double], precision: Double, isCentral: Bool = false) {
        self.point = point
        self.isCentral = isCentral
        let step = isCentral ? 0.1 * cbrt(precision) : 0.3 * precision.squareRoot()
        proposals = point.indices.flatMap { index in
            var forward = point
            var backward = point
            // A coordinate near its upper bound is moved down.
            forward[index] += forward[index] + step <= 1 ? step : -step
            backward[index] -= backward[index] - step >= 0 ? step : -0.5 * step
            return isCentral ? [Proposal(forward), Proposal(backward)] : [Proposal(forward)]
        }
    }

    /// ∂cost/∂u; 0 for a coordinate whose evaluation failed, which keeps it where it is.
    func gradient(_ outcomes: [Outcome], cost: Double) -> [Double] {
        point.indices.map { index in
            let (first, second) = pair(index, outcomes)
            let rise = first.outcome.cost - (second?.outcome.cost ?? cost)
            let quotient = rise / (first.coordinate - (second?.coordinate ?? point[index]))
            return quotient.isFinite ? quotient : 0
        }
    }

    /// ∂residuals/∂u; a column of zeros for a coordinate whose evaluation failed.
    func jacobian(_ outcomes: [Outcome], residuals: [Double]) -> Matrix {
        var matrix = Matrix(rows: residuals.count, columns: point.count)
        for index in point.indices {
            let (first, second) = pair(index, outcomes)
            guard let ahead = first.outcome.evaluation?.residuals, ahead.count == residuals.count else {
                continue
            }
            let behind = second.map { $0.outcome.evaluation?.residuals } ?? residuals
            guard let behind, behind.count == residuals.count else { continue }
            let distance = first.coordinate - (second?.coordinate ?? point[index])
            matrix.setColumn(index, ahead.subtracting(behind).scaled(1 / distance))
        }
        return matrix
    }

    private typealias Sample = (coordinate: Double, outcome: Outcome)

    private func pair(_ index: Int, _ outcomes: [Outcome]) -> (Sample, Sample?) {
        let first = isCentral ? 2 * index : index
        let ahead = (proposals[first].point[index], outcomes[first])
        return (ahead, isCentral ? (proposals[first + 1].point[index], outcomes[first + 1]) : nil)
    }

}
