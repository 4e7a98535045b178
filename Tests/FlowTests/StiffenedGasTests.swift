import Flow
import Fluids
import Testing

/// A stiffened gas of p flows as the ideal gas with the same γ of p + p∞: density and velocity are the same, which checks
/// every place of the solver that could have forgotten p∞.
@Suite("Stiffened gas") struct StiffenedGasTests {
    private static let stiffness = 0.343

    /// A case of one or two dimensions; pressures are those of the liquid.
    private static func text(
        rank: Int, isLiquid: Bool, more: String = "", hasFarField: Bool = false
    ) -> String {
        let gas =
            isLiquid
            ? "[gas]\nkind = \"stiffened\"\ngamma = 6.12\nstiffness = \(stiffness)" : "[gas]\ngamma = 6.12"
        let lift = isLiquid ? "" : " + \(stiffness)"
        let place = rank == 1 ? "x < 0.5" : "(x - 0.4)^2 + (y - 0.3)^2 < 0.04"
        let far = "density = 1.02, velocity = [0.03, 0.04], pressure = \"2e-4\(lift)\""
        let boundaries =
            hasFarField
            ? """
            x = { kind = "characteristic", \(far) }
            y = { lower = { kind = "inflow", \(far) }, upper = { kind = "no-slip", velocity = [0.1, 0.0] } }
            """ : rank == 1 ? "x = \"outflow\"" : "x = \"outflow\"\ny = \"wall\""
        return """
            \(gas)
            [constants]
            high = 1.0
            [domain]
            cells = \(rank == 1 ? "[64]" : "[32, 24]")
            lower = \(rank == 1 ? "[0.0]" : "[0.0, 0.0]")
            upper = \(rank == 1 ? "[1.0]" : "[1.0, 0.75]")
            [boundaries]
            \(boundaries)
            [initial]
            density = "if(\(place), 1.2, 1)"
            pressure = "if(\(place), high, 1e-4)\(lift)"
            \(more)
            [time]
            end = 0.05
            """
    }

    /// Primitive fields after some steps.
    private static func fields(_ text: String, _ overrides: [String]) throws -> [[Double]] {
        let flowCase = try CaseReader.read(
            text: text,
            overrides: overrides + [
                "numerics.storage=\"float64\"", "numerics.arithmetic=\"float64\"", "numerics.threads=1",
            ]
        ).flowCase
        let solver = try FlowSolverFactory.make(flowCase)
        for _ in 0..<12 { try solver.advance(by: solver.stableTimeStep()) }
        let snapshot = FlowSnapshot(solver, of: flowCase)
        return Variable.primitive(rank: flowCase.domain.rank).map { snapshot.field($0.name) }
            + [[solver.time], snapshot.field("entropic_pressure")]
    }

    /// The weights of WENO compare rounding with rounding where the flow is uniform, and differ there by parts of 1; to forget
    /// p∞ changes fields by a tenth and more.
    private static let schemes: [(rank: Int, overrides: [String], tolerance: Double)] = [
        (1, ["numerics.scheme=\"igr\""], 1e-11), (2, ["numerics.scheme=\"igr\""], 1e-11),
        (1, ["numerics.scheme=\"weno-hllc\""], 1e-11), (2, ["numerics.scheme=\"weno-hllc\""], 1e-5),
        (2, ["gas.viscosity=1e-3"], 1e-11),
        // So strong that faces fall back to first order.
        (1, ["constants.high=3000"], 1e-9), (2, ["constants.high=3000"], 1e-9),
        (1, ["constants.high=3000", "numerics.scheme=\"weno-hllc\""], 1e-9),
    ]

    @Test("moves as the ideal gas of p + p∞", arguments: schemes.indices)
    func equivalence(index: Int) throws {
        let (rank, overrides, tolerance) = Self.schemes[index]
        try expectSame(rank: rank, overrides, tolerance: tolerance)
    }

    @Test("flows around a body as the ideal gas of p + p∞", arguments: ["slip", "no-slip"])
    func body(wall: String) throws {
        let body = """
            [[body]]
            name = "disc"
            shape = "circle"
            center = [0.7, 0.4]
            radius = 0.12
            wall = "\(wall)"
            """
        try expectSame(
            rank: 2, wall == "slip" ? [] : ["gas.viscosity=1e-3", "body.0.temperature=0.4"],
            more: body)
    }

    @Test("meets far fields, inflow and moving walls as the ideal gas of p + p∞") func boundaries() throws {
        try expectSame(rank: 2, ["gas.viscosity=1e-3"], hasFarField: true)
    }

    private func expectSame(
        rank: Int, _ overrides: [String], more: String = "", hasFarField: Bool = false,
        tolerance: Double = 1e-11
    ) throws {
        let text = { Self.text(rank: rank, isLiquid: $0, more: more, hasFarField: hasFarField) }
        let liquid = try Self.fields(text(true), overrides)
        var gas = try Self.fields(text(false), overrides)
        gas[rank + 1] = gas[rank + 1].map { $0 - Self.stiffness }
        for (field, (one, other)) in zip(liquid, gas).enumerated() {
            let difference = zip(one, other).map { abs($0 - $1) }.max() ?? .infinity
            #expect(difference < tolerance, "field \(field)")
        }
        // There is something to be seen.
        #expect((liquid[1].max() ?? 0) > 0.05)
    }

    @Test("bears tension: a rarefaction below zero pressure is computed")
    func tension() throws {
        let text = Self.text(rank: 1, isLiquid: true).replacing(
            "density = \"if(x < 0.5, 1.2, 1)\"", with: "density = 1.0"
        ).replacing(
            "pressure = \"if(x < 0.5, high, 1e-4)\"",
            with: "velocity = [\"if(x < 0.5, -0.05, 0.05)\"]\npressure = 1e-4")
        let fields = try Self.fields(text, [])
        let lowest = fields[2].min() ?? 0
        #expect(lowest < -0.02 && lowest > -Self.stiffness)
    }
}
