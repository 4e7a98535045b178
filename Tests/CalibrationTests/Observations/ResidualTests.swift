import Calibration
import Numerics
import Testing

@Suite struct ResidualTests {
    private func residuals(
        _ values: [Double], observed: [Double], deviation: Double = 1, weight: Double = 1,
        bound: Observation.Bound = .equal, loss: Loss = .squares, correlation: Double = 0
    ) throws -> [Double] {
        let observations = observed.enumerated().map {
            Observation(
                output: "y", index: $0, value: $1, deviation: deviation, weight: weight, bound: bound)
        }
        let dependence = correlation == 0 ? ErrorDependence.independent : .sequence(correlation)
        return try ObservationSet(observations, loss: loss, dependence: dependence).residuals(["y": values])
    }

    @Test func aResidualIsADifferenceInDeviationsTimesTheRootOfItsWeight() throws {
        #expect(try residuals([3], observed: [1], deviation: 0.5, weight: 4) == [8])
    }

    @Test func agreementWithABoundCountsNothing() throws {
        #expect(try residuals([5, 2], observed: [3, 3], bound: .atLeast) == [0, -1])
        #expect(try residuals([5, 2], observed: [3, 3], bound: .atMost) == [2, 0])
    }

    @Test func beyondItsLimitTheLossOfHuberIsLinear() throws {
        let found = try residuals([0.5, 3, -3], observed: [0, 0, 0], loss: .huber(1))
        // 2k|r| − k² = 5.
        #expect(found[0] == 0.5)
        #expect(abs(found[1] * found[1] - 5) < 1e-12 && found[2] == -found[1])
    }

    @Test func correlatedNeighboursAreMadeIndependent() throws {
        let (r, rho) = ([1.0, 0.8, -0.2], 0.6)
        let found = try residuals(r, observed: [0, 0, 0], correlation: rho)
        let scale = (1 - rho * rho).squareRoot()
        #expect(found == [1, (0.8 - rho * 1) / scale, (-0.2 - rho * 0.8) / scale])
    }

    /// Σ e² equals rᵀC⁻¹r with C_ij = ρ^|i−j|.
    @Test func theSumOfSquaresIsThatOfTheFullCovariance() throws {
        let (r, rho) = ([1.0, 0.8], 0.6)
        let sum = try residuals(r, observed: [0, 0], correlation: rho).reduce(0) { $0 + $1 * $1 }
        let full = (r[0] * r[0] - 2 * rho * r[0] * r[1] + r[1] * r[1]) / (1 - rho * rho)
        #expect(abs(sum - full) < 1e-12)
    }

    @Test func aCovarianceMakesErrorsIndependent() throws {
        let covariance = Matrix(rows: [[4, 1, 0], [1, 2, 0.5], [0, 0.5, 1]])
        let factor = try #require(Cholesky(covariance))
        let observations = [1.0, 2, 3].enumerated().map {
            Observation(output: "y", index: $0, value: $1, deviation: 7)
        }
        let set = ObservationSet(observations, dependence: .covariance(factor))
        let sum = try set.residuals(["y": [2, 1, 5]]).reduce(0) { $0 + $1 * $1 }
        let difference = [1.0, -1, 2]
        #expect(abs(sum - difference.dot(factor.solve(difference))) < 1e-12)
    }

    @Test func whatTheModelDoesNotSayIsNamed() {
        let set = ObservationSet([Observation(output: "y", index: 3, value: 1)])
        #expect {
            try set.residuals(["y": [1, 2]])
        } throws: {
            "\($0)".contains("output \"y\" has 2 values, number 3 is observed")
        }
        #expect {
            try set.residuals(["z": [1, 2]])
        } throws: {
            "\($0)".contains("no output \"y\"; it has \"z\"")
        }
    }
}
