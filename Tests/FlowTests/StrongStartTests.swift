import Flow
import Testing

/// Starts that once ended in the first step.
@Suite("Strong starts") struct StrongStartTests {
    @Test("WENO survives constant cells beside a strong jump in single precision") func weno() throws {
        let run = try Computation(
            """
            [domain]
            cells = [100]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "outflow"
            [initial]
            density = 1.0
            pressure = "if(x < 0.5, 1000, 0.01)"
            [numerics]
            scheme = "weno-hllc"
            [time]
            end = 0.005
            """)
        try run.run()
        #expect(run.fields[0].allSatisfy { $0 > 0 })
    }

    @Test("a Mach 10 jet may blow into gas at rest", arguments: ["float64", "float32", "scaled16"])
    func jet(storage: String) throws {
        let run = try Computation(
            """
            [domain]
            cells = [48, 32]
            lower = [0.0, -0.5]
            upper = [1.5, 0.5]
            [boundaries]
            y = "outflow"
            [boundaries.x]
            upper = "outflow"
            [boundaries.x.lower]
            kind = "wall"
            [[boundaries.x.lower.patches]]
            where = "abs(y) < 0.1"
            kind = "inflow"
            density = 1.0
            velocity = [10.0, 0.0]
            pressure = 0.714
            [initial]
            density = 1.0
            pressure = 0.714
            [time]
            end = 0.05
            """, "numerics.storage=\"\(storage)\"")
        // The imposed speed, not the gas at rest, sets the first step.
        let first = try run.solver.stableTimeStep()
        let sound = (1.4 * 0.714).squareRoot()
        #expect(first < 1.0001 * 0.4 / ((10 + sound) * 32 + sound * 32))
        try run.run()
        #expect(run.fields[0].max() ?? 0 > 3)
    }
}
