import Calibration
import Testing

@Suite struct ParameterSpaceTests {
    private func space() throws -> ParameterSpace {
        try ParameterSpace([
            Parameter("speed", lower: -2, upper: 6, initial: 0),
            Parameter(
                "rate", lower: 1e-4, upper: 1, scale: .logarithmic, prior: .init(mean: 0.01, deviation: 1)),
            Parameter("gamma", lower: 0, upper: 0, role: .fixed(1.4)),
            Parameter("twice", lower: 0, upper: 0, role: .tied(to: "speed", factor: 2, offset: 1)),
        ])
    }

    @Test func unitCoordinatesAndValuesAreInverse() throws {
        let space = try space()
        let values = space.values(at: [0.25, 0.5])
        #expect(values[0] == 0 && abs(values[1] - 0.01) < 1e-15 && values[2] == 1.4 && values[3] == 1)
        let point = space.point(for: values)
        #expect(abs(point[0] - 0.25) < 1e-15 && abs(point[1] - 0.5) < 1e-15)
        #expect(space.freeNames == ["speed", "rate"])
        #expect(space.initial == [0.25, 0.5])
    }

    @Test func boundsAreMetExactly() throws {
        let values = try space().values(at: [1, 1])
        #expect(values[0] == 6 && values[1] == 1)
    }

    @Test func slopesAreDerivatives() throws {
        let space = try space()
        let (point, step) = ([0.3, 0.7], 1e-6)
        for index in 0..<2 {
            var (ahead, behind) = (point, point)
            ahead[index] += step
            behind[index] -= step
            let quotient = (space.values(at: ahead)[index] - space.values(at: behind)[index]) / (2 * step)
            #expect(abs(quotient / space.slopes(at: point)[index] - 1) < 1e-6)
        }
    }

    @Test(arguments: [
        (Parameter("a", lower: 2, upper: 1), "lower"),
        (Parameter("a", lower: .nan, upper: 1), "lower"),
        (Parameter("a", lower: 0, upper: 1, scale: .logarithmic), "lower"),
        (Parameter("a", lower: 0, upper: 1, initial: 2), "initial"),
        (Parameter("a", lower: 0, upper: 1, prior: .init(mean: 0, deviation: 0)), "prior"),
        (Parameter("a", lower: 0, upper: 1, role: .tied(to: "b", factor: 1, offset: 0)), "tied"),
        (Parameter("a", lower: 0, upper: 1, role: .fixed(1)), "fixed"),
    ])
    func mistakesAreNamed(parameter: Parameter, key: String) {
        let error = #expect(throws: ParameterError.self) { try ParameterSpace([parameter]) }
        #expect(error?.key == key)
    }

    @Test func priorsAreFurtherResiduals() throws {
        let terms = PriorTerms(try space().unitPriors)
        let data = Evaluation(residuals: [1, 2])
        let sum = terms.added(to: data, at: [0.5, 0.75])
        // ln 10 away from the median at a deviation of 1.
        let expected = 0.25 * 9.210340371976184
        #expect(terms.count == 1)
        #expect(abs((sum.residuals?.last ?? 0) - expected) < 1e-12)
        #expect(abs(sum.cost - 5 - expected * expected) < 1e-12)
    }
}
