import Foundation
import Numerics

/// Derivatives by difference quotients, all points of which are asked for at once; those that fail are asked for once
/// more on the other side.
struct Differences: Sendable {
    /// The point of the derivatives.
    let point: [Double]
    /// The points to evaluate next.
    private(set) var proposals: [Proposal] = []
    private let step: Double
    private let isCentral: Bool
    private var coordinates: [Int]
    private var isRepeated = false
    private var samples: [[(coordinate: Double, evaluation: Evaluation)]]

    /// - Parameters:
    ///   - precision: The relative precision of the costs. Forward steps are of the order of its square root,
    ///     central ones of its cube root, which balances truncation against rounding.
    init(at point: [Double], precision: Double, isCentral: Bool = false) {
        self.point = point
        self.isCentral = isCentral
        step = isCentral ? 0.1 * cbrt(precision) : 0.3 * precision.squareRoot()
        samples = point.map { _ in [] }
        coordinates = point.indices.flatMap { isCentral ? [$0, $0] : [$0] }
        proposals = coordinates.enumerated().map { position, index in
            Proposal(moved(index, isForward: !isCentral || position % 2 == 0))
        }
    }

    /// The point with one coordinate moved; at a bound it is moved the other way, by another length so that both sides of
    /// a central quotient differ.
    private func moved(_ index: Int, isForward: Bool) -> [Double] {
        var moved = point
        let target = point[index] + (isForward ? step : -step)
        moved[index] = target >= 0 && target <= 1 ? target : point[index] - (isForward ? 0.5 : -0.5) * step
        return moved
    }

    /// Takes the outcomes of the proposals. Afterwards either there are new ``proposals``, or everything is known.
    mutating func tell(_ outcomes: [Outcome]) {
        for (position, index) in coordinates.enumerated() {
            guard let evaluation = outcomes[position].evaluation else { continue }
            samples[index].append((proposals[position].point[index], evaluation))
        }
        coordinates = isRepeated ? [] : point.indices.filter { samples[$0].isEmpty }
        isRepeated = true
        proposals = coordinates.map { Proposal(moved($0, isForward: false)) }
    }

    /// ∂cost/∂u; 0 for a coordinate whose evaluations failed, which keeps it where it is.
    func gradient(cost: Double) -> [Double] {
        point.indices.map { index in
            guard let ahead = samples[index].first else { return 0 }
            let behind = samples[index].dropFirst().first
            let rise = ahead.evaluation.cost - (behind?.evaluation.cost ?? cost)
            return rise / (ahead.coordinate - (behind?.coordinate ?? point[index]))
        }
    }

    /// ∂residuals/∂u; a column of zeros for a coordinate whose evaluations failed.
    func jacobian(residuals: [Double]) -> Matrix {
        var matrix = Matrix(rows: residuals.count, columns: point.count)
        for index in point.indices {
            let known = samples[index].compactMap { sample in
                sample.evaluation.residuals.map { (coordinate: sample.coordinate, residuals: $0) }
            }.filter { $0.residuals.count == residuals.count }
            guard let ahead = known.first else { continue }
            let behind = known.dropFirst().first ?? (point[index], residuals)
            let rise = ahead.residuals.subtracting(behind.residuals)
            matrix.setColumn(index, rise.scaled(1 / (ahead.coordinate - behind.coordinate)))
        }
        return matrix
    }
}
