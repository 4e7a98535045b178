import Flow
import Testing

/// Flows so cold and fast that density or pressure vanish without protection.
@Suite("Positivity") struct PositivityTests {
    /// Noh's problem: cold gas falls onto the origin (Noh 1987, doi:10.1016/0021-9991(87)90074-X).
    static func noh(lower: Double, walls: Bool) -> String {
        """
        [gas]
        gamma = 1.6666666666666667
        [domain]
        cells = [32, 32]
        lower = [\(lower), \(lower)]
        upper = [1.0, 1.0]
        [boundaries.x]
        lower = "\(walls ? "wall" : "outflow")"
        upper = "outflow"
        [boundaries.y]
        lower = "\(walls ? "wall" : "outflow")"
        upper = "outflow"
        [initial]
        density = 1.0
        velocity = ["-x/sqrt(x*x + y*y)", "-y/sqrt(x*x + y*y)"]
        pressure = 1e-6
        [time]
        end = 0.6
        """
    }

    /// A cylinder that appears in a stream of Mach 20.
    static let cylinder = """
        [domain]
        cells = [24, 48]
        lower = [-1.5, -3.0]
        upper = [1.5, 3.0]
        [boundaries]
        y = "outflow"
        [boundaries.x]
        upper = "outflow"
        [boundaries.x.lower]
        kind = "inflow"
        density = 1.4
        velocity = [20.0, 0.0]
        pressure = 1.0
        [initial]
        density = 1.4
        velocity = [20.0, 0.0]
        pressure = 1.0
        [[body]]
        shape = "circle"
        center = [0.0, 0.0]
        radius = 0.5
        [time]
        end = 1.0
        """

    /// Runs to the end and tells whether everything stayed admissible.
    static func survives(_ text: String, _ choice: FluxChoice, storage: String, steps: Int = .max) throws {
        let run = try Computation(
            text, overrides: choice.overrides + ["numerics.storage=\"\(storage)\"", "numerics.threads=1"])
        try run.run(steps: steps)
        // Fails where density or pressure is not positive.
        _ = try run.solver.stableTimeStep()
        #expect(run.fields[0].allSatisfy { $0 > 0 && $0 < 100 })
    }

    @Test(
        "Noh's implosion runs to its end with every flux", arguments: FluxChoice.all, ["float64", "float32"])
    func noh(choice: FluxChoice, storage: String) throws {
        try Self.survives(Self.noh(lower: -1, walls: false), choice, storage: storage)
        try Self.survives(Self.noh(lower: 0, walls: true), choice, storage: storage)
    }

    @Test("a cylinder may appear in a stream of Mach 20 with every flux", arguments: FluxChoice.all)
    func cylinder(choice: FluxChoice) throws {
        try Self.survives(Self.cylinder, choice, storage: "float64", steps: 60)
        try Self.survives(Self.cylinder, choice, storage: "scaled16", steps: 60)
    }
}
