import Calibration
import Numerics
import Testing

/// Derivatives at the best point where runs fail.
@Suite struct LocalJacobianTests {
    private static let design = Matrix(rows: [[20, 5], [-4, 15], [8, 8]])

    /// Derivatives of a linear model that fails where `fails` says so.
    private func jacobian(at point: [Double], fails: ([Double]) -> Bool) -> LocalJacobian {
        var jacobian = LocalJacobian(at: point, precision: 1e-9)
        for _ in 0..<50 where jacobian.ending == nil {
            jacobian.tell(
                jacobian.ask().map { fails($0.point) ? .failed("no") : .residuals(Self.design * $0.point) })
        }
        return jacobian
    }

    private func expectDesign(_ jacobian: LocalJacobian) throws {
        let matrix = try #require(jacobian.matrix)
        for (own, right) in zip(matrix.values, Self.design.values) { #expect(abs(own - right) < 1e-8) }
        #expect(jacobian.unknown.isEmpty && jacobian.pairs.allSatisfy { $0 != nil })
    }

    @Test func oneSideIsEnough() throws {
        try expectDesign(jacobian(at: [0.5, 0.5]) { $0[0] < 0.5 || $0[1] > 0.5 })
    }

    @Test func whereBothSidesFailTheWayBecomesLonger() throws {
        try expectDesign(jacobian(at: [0.5, 0.5]) { $0[1] != 0.5 && abs($0[1] - 0.5) < 0.01 })
    }

    @Test func whatCannotBeHadIsNamedAndTheRestIsThere() throws {
        let found = jacobian(at: [0.5, 0.5]) { $0[1] != 0.5 }
        let matrix = try #require(found.matrix)
        #expect(found.unknown == [1] && abs(matrix[0, 0] - 20) < 1e-8)
    }

    @Test func aFailureAtThePointItselfEndsIt() {
        let found = jacobian(at: [0.5, 0.5]) { $0 == [0.5, 0.5] }
        #expect(found.matrix == nil && found.ending != nil)
    }
}
