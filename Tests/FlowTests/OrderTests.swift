import Flow
import Foundation
import Testing

/// Measured orders of accuracy on smooth flow.
@Suite("Orders of accuracy") struct OrderTests {
    /// A density wave carried around once; velocity and pressure are constant, so the exact solution is the
    /// start.
    static func carriedWave(cells: Int, timeStep: Double) -> String {
        """
        [domain]
        cells = [\(cells)]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "periodic"
        [initial]
        density = "1 + 0.2*sin(2*pi*x)"
        velocity = [1.0]
        pressure = 1.0
        [numerics]
        storage = "float64"
        arithmetic = "float64"
        time_step = \(timeStep)
        [time]
        end = 1.0
        """
    }

    static func error(cells: Int, order: Int, _ overrides: [String]) throws -> Double {
        // Small enough that the error in time (third order) does not show.
        let timeStep = 0.4 / pow(Double(cells), max(1, Double(order) / 3))
        let flowCase = try CaseReader.read(
            text: carriedWave(cells: cells, timeStep: timeStep), overrides: overrides
        ).flowCase
        let solver = try FlowSolverFactory.make(flowCase)
        while solver.time < 1 - 1e-12 {
            try solver.advance(by: min(solver.stableTimeStep(), 1 - solver.time))
        }
        var row = [Double](repeating: 0, count: 4 * cells)
        solver.conservedRow(0, into: &row)
        return (0..<cells).reduce(0) { sum, cell in
            let x = (Double(cell) + 0.5) / Double(cells)
            return sum + abs(row[cell] - 1 - 0.2 * sin(2 * .pi * x)) / Double(cells)
        }
    }

    @Test(
        "each scheme reaches its order in space",
        arguments: [("igr", 1, 256), ("igr", 3, 32), ("igr", 5, 32), ("weno-hllc", 5, 32)])
    func space(scheme: String, order: Int, cells: Int) throws {
        let overrides = ["numerics.scheme=\"\(scheme)\"", "numerics.order=\(order)"]
        let coarse = try Self.error(cells: cells, order: order, overrides)
        let fine = try Self.error(cells: 2 * cells, order: order, overrides)
        #expect(log2(coarse / fine) > Double(order) - 0.2)
    }

    /// The order of a reconstruction for linear waves, what is demanded of it, and the coarser of two grids.
    static func row(_ kind: ReconstructionKind) -> (order: Int, least: Double, cells: Int) {
        switch kind {
        case .firstOrder: (1, 0.8, 256)
        // A limiter takes a little off at the crests.
        case .muscl: (2, 1.8, 64)
        case .weno5Z, .mp5: (5, 4.8, 32)
        }
    }

    @Test(
        "each reconstruction reaches its order in space", arguments: ReconstructionKind.allCases,
        Projection.allCases)
    func reconstructions(kind: ReconstructionKind, projection: Projection) throws {
        let (order, least, cells) = Self.row(kind)
        let overrides = FluxChoice(kind, projection).overrides
        let coarse = try Self.error(cells: cells, order: order, overrides)
        let fine = try Self.error(cells: 2 * cells, order: order, overrides)
        #expect(log2(coarse / fine) > least)
    }

    /// A wave of amplitude 0.1 that runs to the right and steepens, in a gas at rest with ρ = 1, c = 1; its shock forms at
    /// t = 1/(2π·0.1·1.2) ≈ 1.33. Values move along straight lines, x = ξ + (u + c)t.
    enum SimpleWave {
        static let end = 0.5

        static func text(cells: Int) -> String {
            """
            [domain]
            cells = [\(cells)]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "periodic"
            [initial]
            density = "(1 + 0.02*sin(2*pi*x))^5"
            velocity = ["0.1*sin(2*pi*x)"]
            pressure = "(1 + 0.02*sin(2*pi*x))^7/1.4"
            [numerics]
            storage = "float64"
            source = "gated"
            time_step = \(0.3 / pow(Double(cells), 5 / 3))
            [time]
            end = \(end)
            """
        }

        /// The density: (c/c₀)^5 with c = 1 + 0.2u.
        static func density(_ x: Double) -> Double {
            var foot = x
            // Newton's method for ξ; the map is one to one before the shock.
            for _ in 0..<50 {
                let (phase, slope) = (2 * Double.pi * foot, 0.12 * end)
                foot -= (foot + end + slope * sin(phase) - x) / (1 + slope * 2 * .pi * cos(phase))
            }
            return pow(1 + 0.02 * sin(2 * .pi * foot), 5)
        }

        /// The mean error of the density over its amplitude.
        static func error(cells: Int) throws -> Double {
            let run = try Computation(text(cells: cells))
            try run.run()
            let total = run.fields[0].enumerated().reduce(0) {
                $0 + abs($1.element - density((Double($1.offset) + 0.5) / Double(cells)))
            }
            return total / Double(cells) / 0.1
        }
    }

    @Test("the gated source leaves a steepening wave its order") func simpleWave() throws {
        let coarse = try SimpleWave.error(cells: 32)
        let fine = try SimpleWave.error(cells: 64)
        #expect(fine < 5e-5)
        #expect(log2(coarse / fine) > 4.5)
    }

    @Test(
        "each integrator reaches its order in time", arguments: [("euler", 0.9), ("rk2", 1.9), ("rk3", 2.9)])
    func time(integrator: String, expected: Double) throws {
        let fields = try [0.002, 0.001, 0.000125].map { timeStep in
            let run = try Computation(
                Self.carriedWave(cells: 32, timeStep: timeStep), "numerics.integrator=\"\(integrator)\"",
                "time.end=0.2", "initial.velocity=[\"0.5 + 0.1*sin(2*pi*x)\"]", "numerics.alpha=0")
            try run.run()
            return run.fields[0]
        }
        let difference = { (field: [Double]) in zip(field, fields[2]).map { abs($0 - $1) }.max() ?? 0 }
        #expect(log2(difference(fields[0]) / difference(fields[1])) > expected)
    }
}
