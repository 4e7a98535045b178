import Flow
import Fluids
import Testing

/// The limited flux of `igr`: nothing where the flow is smooth, and what the linear one lacks in blasts.
@Suite("Limited flux") struct LimiterTests {
    static let overrides = ["numerics.limiter=\"mix\"", "numerics.storage=\"float64\""]
    static let linear = ["numerics.storage=\"float64\""]

    @Test("smooth flow is left alone") func smooth() throws {
        let run = try Computation(
            OrderTests.carriedWave(cells: 32, timeStep: 0.01), "numerics.limiter=\"mix\"")
        for _ in 0..<20 {
            try run.solver.advance(by: run.solver.stableTimeStep())
            #expect(run.solver.faces == FaceTally())
        }
    }

    @Test("a blast leaves no vacuum behind its contact") func blast() throws {
        let text = ExactSymmetryTests.blast()
        let limited = try Computation(text, overrides: Self.overrides)
        let linear = try Computation(text, overrides: Self.linear)
        let reference = try Computation(text, "numerics.scheme=\"weno-hllc\"", "numerics.storage=\"float64\"")
        let least = try [limited, linear, reference].map { run in
            try run.run()
            return run.fields[0].min() ?? 0
        }
        #expect(least[0] > 0.8 * least[2])
        #expect(least[1] < 0.5 * least[2])
    }

    /// The third of Toro's problems (2009, doi:10.1007/b79761): the left half of Woodward and Colella's blast.
    static let tube = """
        [domain]
        cells = [200]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "outflow"
        [initial]
        density = 1.0
        pressure = "if(x < 0.5, 1000, 0.01)"
        [time]
        end = 0.012
        """

    @Test("a strong shock tube is closer to the exact solution") func strongTube() throws {
        let errors = try [Self.linear, Self.overrides].map { overrides in
            let run = try Computation(Self.tube, overrides: overrides)
            try run.run()
            let exact = ExactRiemann(
                left: RiemannState(density: 1, velocity: 0, pressure: 1000),
                right: RiemannState(density: 1, velocity: 0, pressure: 0.01), fluid: run.flowCase.gas.law)
            return run.fields[0].enumerated().reduce(0.0) {
                let x = (Double($1.offset) + 0.5) / 200
                return $0 + abs($1.element - exact.state(atSpeed: (x - 0.5) / 0.012).density)
            }
        }
        #expect(errors[1] < 0.85 * errors[0])
    }
}
