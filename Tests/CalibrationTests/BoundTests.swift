import Calibration
import Numerics
import Testing

/// Minima at bounds fulfil the conditions of Karush, Kuhn and Tucker: the gradient vanishes in free coordinates and points
/// outwards in others.
@Suite struct BoundTests {
    /// Least squares whose free minimum lies outside of the cube in several coordinates.
    private static let matrix = Matrix(rows: [
        [4, 1, 0, 2, -1], [1, 5, -2, 0, 1], [0, -2, 6, 1, 0], [2, 0, 1, 3, 1], [-1, 1, 0, 1, 4],
        [1, 1, 1, 1, 1],
    ])
    private static let center = [0.3, 1.6, -0.4, 0.7, 1.2]

    private func residuals(_ point: [Double]) -> [Double] { Self.matrix * point.subtracting(Self.center) }

    private func expectConditions(at point: [Double], tolerance: Double) {
        let gradient = Self.matrix.transposeTimes(residuals(point)).scaled(2)
        #expect(point.contains { $0 == 0 || $0 == 1 })
        for (coordinate, slope) in zip(point, gradient) {
            switch coordinate {
            case 0: #expect(slope >= 0)
            case 1: #expect(slope <= 0)
            default: #expect(abs(slope) < tolerance, "\(coordinate): \(slope)")
            }
        }
    }

    @Test func quasiNewtonMeetsTheConditions() throws {
        var search = Search(QuasiNewton(.init(), MethodContext(dimension: 5)), budget: 500)
        search.run { proposal in
            let residuals = residuals(proposal.point)
            let gradient = Self.matrix.transposeTimes(residuals).scaled(2)
            return .cost(residuals.dot(residuals), gradient: gradient)
        }
        expectConditions(at: try #require(search.best).point, tolerance: 1e-4)
    }

    @Test func levenbergMarquardtMeetsTheConditions() throws {
        var search = Search(LevenbergMarquardt(.init(), MethodContext(dimension: 5)), budget: 500)
        search.run { .residuals(residuals($0.point)) }
        expectConditions(at: try #require(search.best).point, tolerance: 1e-4)
    }

    @Test func workersChangeNothingButTheNumberOfRounds() throws {
        let context = MethodContext(dimension: 5, workers: 4)
        var search = Search(LevenbergMarquardt(.init(), context), budget: 500)
        search.run { .residuals(residuals($0.point)) }
        expectConditions(at: try #require(search.best).point, tolerance: 1e-4)
    }
}
