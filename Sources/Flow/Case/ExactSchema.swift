import Fluids
import Schema

/// `[exact]`
enum ExactSchema {
    private static let density = Key.number("density", .above(0), unit: "density", "Density.")
    private static let pressure = Key.number("pressure", .above(0), unit: "pressure", "Pressure.")
    private static let velocity = Key<Double>(
        Field(
            "velocity", .oneOf([.number(.any), .list(.number(.any), .exactly(1))]), unit: "velocity",
            isRequired: true, "Velocity; a number or an array of one."),
        fallback: .nan
    ) { node, scope in number.value(of: node.elements.first ?? node, in: scope) }
    private static let number = Key.number("velocity", .any, "")

    private static let side = TableSchema(
        "One side of a Riemann problem.", name: "Riemann state", [density, velocity, pressure])
    private static let left = Field("left", .table(side), isRequired: true, "The state at smaller x.")
    private static let right = Field("right", .table(side), isRequired: true, "The state at larger x.")
    private static let position = Key.number(
        "position", unit: "length", "Where the two states meet at t = 0.")
    private static let state = StateKeys(CaseVariables.spaceTime)

    static let table = TableSchema(
        "A known solution, from which error norms are computed.", [], tag: "kind",
        variants: [
            .init(
                "riemann", "The exact solution of a Riemann problem, in one dimension.",
                [left, right, position]),
            .init("expression", "Expressions in position and time.", state.required),
        ])

    static func read(_ section: Section, _ diagnostics: inout [Diagnostic]) -> ExactSolution? {
        switch section.node?["kind"]?.text {
        case "riemann":
            if let rank = section.scope.dimension, rank != 1 {
                let message = "a Riemann problem has one dimension, the domain has \(rank)"
                diagnostics.append(section.diagnostic("kind", message, hint: "use kind = \"expression\""))
            }
            return .riemann(
                left: riemannState(section.section("left")), right: riemannState(section.section("right")),
                position: section[position])
        case "expression": return .expressions(state.read(section, &diagnostics))
        default: return nil
        }
    }

    private static func riemannState(_ section: Section) -> RiemannState {
        RiemannState(
            density: section[density], velocity: section[velocity], pressure: section[pressure])
    }
}
