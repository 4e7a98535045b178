import Schema

/// The variables of the expressions in a case. Values are always passed in the order x, y, z, t; coordinates
/// beyond the dimension of the domain are 0.
enum CaseVariables {
    static let space = ["x", "y", "z"]
    static let spaceTime = ["x", "y", "z", "t"]
}

extension Section {
    /// Reports a constant density or pressure that is not positive.
    func checkPositive(_ name: String, _ expression: Expression?, _ diagnostics: inout [Diagnostic]) {
        guard has(name), let value = expression?.constantValue, value <= 0 else { return }
        diagnostics.append(diagnostic(name, "\(value) is out of range", allowed: "> 0"))
    }

    /// Reports an axis on which `lower` is not below `upper`.
    func checkBounds(_ lower: [Double], _ upper: [Double], _ diagnostics: inout [Diagnostic]) {
        for (axis, bounds) in zip(lower, upper).enumerated() where bounds.0 >= bounds.1 {
            let name = axis < 3 ? CaseVariables.space[axis] : "\(axis)"
            diagnostics.append(
                diagnostic(
                    "lower", "\(bounds.0) is not below upper = \(bounds.1) in \(name)",
                    hint: "lower has to be smaller than upper on each axis"))
        }
    }
}

/// The keys of a state: density, velocity, pressure.
struct StateKeys {
    let density: Key<Expression>
    let velocity: Key<[Expression]>
    let pressure: Key<Expression>

    init(_ variables: [String]) {
        density = .expression("density", variables, unit: "density", "Density; > 0.")
        velocity = .expressions("velocity", variables, .dimension, unit: "velocity", "Velocity.")
        pressure = .expression("pressure", variables, unit: "pressure", "Pressure; > 0.")
    }

    /// All three required.
    var required: [any SchemaKey] { [density, velocity, pressure] }

    /// All three optional.
    func optional(otherwise: String) -> [any SchemaKey] {
        [
            density.optional(otherwise: otherwise), velocity.optional(otherwise: otherwise),
            pressure.optional(otherwise: otherwise),
        ]
    }

    /// The state of a table, with values of another where it has none.
    func read(
        _ section: Section, default base: StateExpressions? = nil, _ diagnostics: inout [Diagnostic]
    ) -> StateExpressions {
        let state = StateExpressions(
            density: section.has("density") ? section[density] : base?.density ?? section[density],
            velocity: section.has("velocity") ? section[velocity] : base?.velocity ?? section[velocity],
            pressure: section.has("pressure") ? section[pressure] : base?.pressure ?? section[pressure])
        section.checkPositive("density", state.density, &diagnostics)
        section.checkPositive("pressure", state.pressure, &diagnostics)
        return state
    }
}
