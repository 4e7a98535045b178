import Foundation
import Numerics

/// Residuals whose large values grow like logarithms: s·asinh(r/s), which is r for |r| ≪ s.
struct Softening: Sendable {
    /// s.
    let scale: Double

    /// The same outcome with softened residuals, and the Jacobian of these; a failure, and a cost alone, as it is.
    func softened(_ outcome: Outcome) -> Outcome {
        guard let evaluation = outcome.evaluation, let residuals = evaluation.residuals else {
            return outcome
        }
        var jacobian = evaluation.jacobian
        for row in residuals.indices {
            let slope = 1 / hypot(1, residuals[row] / scale)
            for column in 0..<(jacobian?.columns ?? 0) { jacobian?[row, column] *= slope }
        }
        return .residuals(residuals.map { scale * asinh($0 / scale) }, jacobian: jacobian)
    }
}
