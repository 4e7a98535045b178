import Calibration
import Testing

/// Levenberg–Marquardt against the certified values of NIST's reference data sets.
@Suite struct ReferenceRegressionTests {
    /// The bounds contain starts and solution with room to spare.
    private func space(_ problem: ReferenceRegression, start: [Double]) throws -> ParameterSpace {
        try ParameterSpace(
            start.indices.map { index in
                let values = problem.starts.map { $0[index] } + [problem.certified[index]]
                let (low, high) = (values.min() ?? 0, values.max() ?? 0)
                let room = 0.5 * (high - low) + 0.1 * max(abs(low), abs(high))
                return Parameter(
                    "b\(index + 1)", lower: low - room, upper: high + room, initial: start[index])
            })
    }

    @Test(arguments: ReferenceRegression.all)
    func theCertifiedParametersAreFound(problem: ReferenceRegression) throws {
        let start = problem.starts[1]
        let space = try space(problem, start: start)
        var settings = LevenbergMarquardt.Settings()
        settings.endsCentral = true
        settings.tolerance = 1e-15
        let context = MethodContext(space, budget: 20_000)
        var search = Search(LevenbergMarquardt(settings, context), budget: 20_000)
        search.run { .residuals(problem.residuals(space.values(at: $0.point))) }
        let best = try #require(search.best)
        #expect(abs(best.cost / problem.residualSum - 1) < 1e-6)
        for (value, certified) in zip(space.values(at: best.point), problem.certified) {
            #expect(abs(value / certified - 1) < 1e-4, "\(problem.name): \(value), certified \(certified)")
        }
    }
}
