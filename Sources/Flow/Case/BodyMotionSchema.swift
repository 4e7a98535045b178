import Geometry
import Schema

/// `[body.motion]`
enum BodyMotionSchema {
    private static let time = ["t"]
    private static let displacement = Key.expressions(
        "displacement", time, .dimension, unit: "length", "How far the body has moved, in t."
    ).optional(otherwise: "0")
    private static let angle = Key.expression(
        "angle", time, unit: "degrees", "How far it has turned about `pivot`, counter-clockwise, in t."
    ).optional(otherwise: "0")
    private static let axis = Key.numbers(
        "axis", .any, .exactly(3), default: [0, 0, 1], unit: "1",
        "Direction about which it turns; in three dimensions only.")
    private static let pivot = Key.numbers(
        "pivot", .any, .dimension, default: [], described: "the origin", unit: "length",
        "The point about which it turns, before it is displaced.")

    static let table = TableSchema(
        "A prescribed motion: the body is turned about `pivot`, then displaced. Its gas sees the velocity and the "
            + "acceleration of its walls. `motion = { displacement = [\"0.1*sin(2*pi*t)\", 0.0] }`",
        [displacement, angle, axis, pivot])

    /// The motion of a body; nil where it has none.
    static func read(_ body: Section, end: Double, _ diagnostics: inout [Diagnostic]) -> BodyMotion? {
        guard body.has("motion") else { return nil }
        let section = body.section("motion")
        if !section.has("displacement"), !section.has("angle") {
            diagnostics.append(
                section.diagnostic(
                    nil, "moves nothing", hint: "set displacement or angle, or remove the table"))
        }
        var direction = Point(0, 0, 1)
        if section.has("axis") {
            if section.scope.dimension == 2 {
                diagnostics.append(
                    section.diagnostic(
                        "axis", "a rotation in two dimensions has no axis", hint: "remove the key"))
            }
            direction = point(section[axis])
            if direction.length == 0 {
                diagnostics.append(
                    section.diagnostic(
                        "axis", "has length 0", hint: "give a direction such as [0.0, 0.0, 1.0]"))
            }
        }
        return BodyMotion(
            displacement: section[displacement] ?? [], angle: section[angle] ?? Expression(constant: 0),
            axis: direction / max(direction.length, .leastNormalMagnitude), pivot: point(section[pivot]),
            differenceStep: 1e-5 * end)
    }

    private static func point(_ values: [Double]) -> Point {
        var point = Point(repeating: 0)
        for (axis, value) in values.prefix(3).enumerated() { point[axis] = value }
        return point
    }
}
