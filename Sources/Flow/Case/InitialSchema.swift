import Schema

/// `[initial]` and `[[initial.region]]`
enum InitialSchema {
    private static let state = StateKeys(CaseVariables.space)
    private static let velocity = state.velocity.optional(otherwise: "0 in every direction")
    private static let smoothing = Key.integer(
        "smoothing", 0...1000, default: 0, "Passes of a ¼-½-¼ filter over the conserved initial state.")

    private static let condition = Key.expression(
        "where", CaseVariables.space, "True, or not 0, inside the region.")
    private static let lower = Key.numbers("lower", .any, .dimension, unit: "length", "Lower corner.")
    private static let upper = Key.numbers("upper", .any, .dimension, unit: "length", "Upper corner.")
    private static let center = Key.numbers("center", .any, .dimension, unit: "length", "Centre.")
    private static let radius = Key.number("radius", .above(0), unit: "length", "Radius.")
    private static let point = Key.numbers("point", .any, .dimension, unit: "length", "A point of the plane.")
    private static let normal = Key.numbers(
        "normal", .any, .dimension, unit: "1", "Points out of the region; of any length but 0.")

    private static let box = TableSchema("A box along the axes.", [lower, upper])
    private static let ball = TableSchema("A segment, circle or sphere.", name: "ball", [center, radius])
    private static let halfSpace = TableSchema("Where (x − point)·normal < 0.", [point, normal])
    private static let shapes = ["where", "box", "ball", "circle", "sphere", "half_space"]

    private static let region = TableSchema(
        "A part of the domain with another state; later regions win. Exactly one of `where`, `box`, `ball` "
            + "(or `circle`, `sphere`) and `half_space` says where it is.",
        [
            condition.optional(),
            Field("box", .table(box), "A box along the axes."),
            Field("ball", .table(ball), "A segment, circle or sphere."),
            Field("circle", .table(ball), "The same as `ball`."),
            Field("sphere", .table(ball), "The same as `ball`."),
            Field("half_space", .table(halfSpace), "One side of a plane."),
        ] + state.optional(otherwise: "the value beneath"))

    static let table = TableSchema(
        "The state at t = 0.",
        [
            state.density, velocity, state.pressure, smoothing,
            Field("region", .list(.table(region), .any), "Regions, in `[[initial.region]]` tables."),
        ])

    /// The state outside of all regions.
    static func readBase(_ section: Section, _ diagnostics: inout [Diagnostic]) -> StateExpressions {
        let zero = Expression(constant: 0)
        let still = Array(repeating: zero, count: section.scope.dimension ?? 0)
        let base = StateExpressions(
            density: section[state.density], velocity: section[velocity] ?? still,
            pressure: section[state.pressure])
        section.checkPositive("density", base.density, &diagnostics)
        section.checkPositive("pressure", base.pressure, &diagnostics)
        return base
    }

    static func read(
        _ section: Section, base: StateExpressions, _ diagnostics: inout [Diagnostic]
    ) -> InitialState {
        let regions = section.sections("region").map { readRegion($0, &diagnostics) }
        return InitialState(base: base, regions: regions, smoothingPasses: section[smoothing])
    }

    private static func readRegion(_ section: Section, _ diagnostics: inout [Diagnostic]) -> InitialRegion {
        let region = InitialRegion(
            shape: shape(section, &diagnostics),
            density: section.has("density") ? section[state.density] : nil,
            velocity: section.has("velocity") ? section[state.velocity] : nil,
            pressure: section.has("pressure") ? section[state.pressure] : nil)
        if region.density == nil && region.velocity == nil && region.pressure == nil {
            diagnostics.append(
                section.diagnostic(nil, "changes nothing", hint: "set density, velocity or pressure"))
        }
        section.checkPositive("density", region.density, &diagnostics)
        section.checkPositive("pressure", region.pressure, &diagnostics)
        return region
    }

    private static func shape(_ section: Section, _ diagnostics: inout [Diagnostic]) -> RegionShape {
        let named = shapes.filter(section.has)
        if named.count != 1 {
            let found = named.isEmpty ? "says nowhere where it is" : "has \(named.joined(separator: " and "))"
            let allowed = "exactly one of \(shapes.joined(separator: ", "))"
            diagnostics.append(section.diagnostic(nil, found, allowed: allowed))
        }
        let name = named.first ?? "where"
        let table = section.section(name)
        switch name {
        case "where": return .expression(section[condition])
        case "box":
            table.checkBounds(table[lower], table[upper], &diagnostics)
            return .box(lower: table[lower], upper: table[upper])
        case "half_space":
            if table.has("normal"), table[normal].allSatisfy({ $0 == 0 }) {
                diagnostics.append(
                    table.diagnostic("normal", "has no direction", allowed: "any vector but 0"))
            }
            return .halfSpace(point: table[point], normal: table[normal])
        default: return .ball(center: table[center], radius: table[radius])
        }
    }
}
