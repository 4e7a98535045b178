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

    /// The orders of a scheme, each with the coarser of two grids; those of Godunov's are those of its reconstructions.
    static func orders(_ scheme: SchemeKind) -> [(order: Int, cells: Int)] {
        switch scheme {
        case .igr: [(1, 256), (3, 32), (5, 32)]
        case .wenoHLLC, .mp5HLLC: [(5, 32)]
        case .godunov: []
        }
    }

    @Test("each scheme reaches its order in space", arguments: SchemeKind.allCases)
    func space(scheme: SchemeKind) throws {
        for (order, cells) in Self.orders(scheme) {
            let overrides = ["numerics.scheme=\"\(scheme.rawValue)\"", "numerics.order=\(order)"]
            let coarse = try Self.error(cells: cells, order: order, overrides)
            let fine = try Self.error(cells: 2 * cells, order: order, overrides)
            #expect(log2(coarse / fine) > Double(order) - 0.2)
        }
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

    /// The order of an integrator, less a tenth.
    static func least(_ integrator: TimeIntegrator) -> Double {
        switch integrator {
        case .euler: 0.9
        case .rk2: 1.9
        case .rk3, .ssp43: 2.9
        }
    }

    @Test("each integrator reaches its order in time", arguments: TimeIntegrator.allCases)
    func time(integrator: TimeIntegrator) throws {
        let fields = try [0.002, 0.001, 0.000125].map { timeStep in
            let run = try Computation(
                Self.carriedWave(cells: 32, timeStep: timeStep), "numerics.integrator=\"\(integrator)\"",
                "time.end=0.2", "initial.velocity=[\"0.5 + 0.1*sin(2*pi*x)\"]", "numerics.alpha=0")
            try run.run()
            return run.fields[0]
        }
        let difference = { (field: [Double]) in zip(field, fields[2]).map { abs($0 - $1) }.max() ?? 0 }
        #expect(log2(difference(fields[0]) / difference(fields[1])) > Self.least(integrator))
    }

    /// A method as Butcher writes it: nodes, the matrix below its diagonal, weights.
    struct Tableau {
        let nodes: [Double]
        let matrix: [[Double]]
        let weights: [Double]

        init(_ integrator: TimeIntegrator) {
            switch integrator {
            case .euler: (nodes, matrix, weights) = ([0], [[]], [1])
            case .rk2: (nodes, matrix, weights) = ([0, 1], [[], [1]], [0.5, 0.5])
            case .rk3:
                (nodes, matrix, weights) = (
                    [0, 1, 0.5], [[], [1], [0.25, 0.25]], [1.0 / 6, 1.0 / 6, 2.0 / 3]
                )
            case .ssp43:
                (nodes, matrix, weights) = (
                    [0, 0.5, 1, 0.5], [[], [0.5], [0.5, 0.5], [1.0 / 6, 1.0 / 6, 1.0 / 6]],
                    [1.0 / 6, 1.0 / 6, 1.0 / 6, 0.5]
                )
            }
        }

        /// y(t + h) of y′ = f(t, y).
        func step(_ y: Double, _ h: Double, _ f: (Double, Double) -> Double) -> Double {
            var slopes: [Double] = []
            for (node, row) in zip(nodes, matrix) {
                slopes.append(f(node * h, y + h * zip(row, slopes).reduce(0) { $0 + $1.0 * $1.1 }))
            }
            return y + h * zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }

    @Test(
        "a step is that of the integrator's tableau, and inflows are those of its nodes",
        arguments: TimeIntegrator.allCases)
    func tableau(integrator: TimeIntegrator) throws {
        // Upwind differences of supersonic flow: the first cell knows the inflow and itself only.
        let run = try Computation(
            """
            [domain]
            cells = [8]
            lower = [0.0]
            upper = [1.0]
            [boundaries.x]
            upper = "outflow"
            lower = { kind = "inflow", density = "2 + 40*t^2", velocity = [3.0], pressure = 1.0 }
            [initial]
            density = 1.0
            velocity = [3.0]
            pressure = 1.0
            [numerics]
            storage = "float64"
            scheme = "godunov"
            reconstruction = "first-order"
            integrator = "\(integrator)"
            time_step = 0.02
            [time]
            end = 1.0
            """)
        try run.run(steps: 1)
        let expected = Tableau(integrator).step(1, 0.02) { time, density in
            3 / 0.125 * (2 + 40 * time * time - density)
        }
        #expect(abs(run.fields[0][0] - expected) < 1e-12)
    }
}
