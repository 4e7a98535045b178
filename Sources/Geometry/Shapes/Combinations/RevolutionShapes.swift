import Foundation
import Schema

extension ShapeKind {
    private static let origin = Key.numbers(
        "origin", .any, .exactly(3), default: [0, 0, 0], unit: "length", "Where the origin of the profile is."
    )
    private static let axis = Key.numbers(
        "axis", .any, .exactly(3), default: [1, 0, 0], unit: "1", "Direction of the profile's x.")

    static let revolve = ShapeKind(
        "revolve", .solid,
        "A plane shape turned about an axis: its x runs along the axis, its y away from it. Draw the profile "
            + "symmetric to the axis, as a polygon with a side on it, or away from it.",
        [profile, origin, axis]
    ) { section, reader in
        let table = section.section("profile").with(dimension: 2)
        guard let profile = reader.shape(table), let origin = section.point(origin, count: 3),
            let axis = section.direction(axis, count: 3, &reader)
        else { return nil }
        guard profile.bounds.upper.y > 0 else {
            reader.report(
                section.diagnostic(
                    "profile", "lies at y ≤ 0, where it is not looked at", hint: "move it to y > 0"))
            return nil
        }
        let solid = Revolution(profile, origin: origin, axis: axis)
        if solid.hasWallOnAxis {
            reader.report(
                section.diagnostic(
                    "profile", "has a side on the axis, which would be a wall within the solid",
                    hint: "draw it on both sides of the axis, or as a polygon"))
            return nil
        }
        return solid
    }

    private static let apex = Key.numbers("apex", .any, .exactly(3), unit: "length", "The tip.")
    private static let halfAngle = Key.number(
        "half_angle", .above(0, upTo: 89), unit: "degrees", "Angle between the axis and the side.")
    private static let length = Key.number(
        "length", .above(0), unit: "length", "From the tip to the base, along the axis.")
    private static let direction = Key.numbers(
        "direction", .any, .exactly(3), default: [1, 0, 0], unit: "1", "From the tip into the cone.")

    static let cone = ShapeKind(
        "cone", .solid, "A circular cone with a flat base.", [apex, halfAngle, length, direction]
    ) { section, reader in
        guard let apex = section.point(apex, count: 3), let angle = section.finite(halfAngle),
            let length = section.finite(length),
            let direction = section.direction(direction, count: 3, &reader)
        else { return nil }
        let radius = length * tan(angle * .pi / 180)
        let triangle = ClosedCurve([[0, 0], [length, -radius], [length, radius]])
        return Revolution(CurveShape(triangle), origin: apex, axis: direction)
    }

    private static let from = Key.numbers("from", .any, .exactly(3), unit: "length", "Middle of one end.")
    private static let to = Key.numbers("to", .any, .exactly(3), unit: "length", "Middle of the other end.")
    private static let radius = Key.number("radius", .above(0), unit: "length", "Radius.")

    static let cylinder = ShapeKind(
        "cylinder", .solid, "A circular cylinder with flat ends.", [from, to, radius]
    ) { section, reader in
        guard let from = section.point(from, count: 3), let to = section.point(to, count: 3),
            let radius = section.finite(radius)
        else { return nil }
        let length = (to - from).length
        guard length > 0 else {
            reader.report(section.diagnostic("to", "is the same point as from: the cylinder has no height"))
            return nil
        }
        let rectangle = Box(
            center: Point(length / 2, 0, 0), size: Point(length, 2 * radius, 0), isPlanar: true)
        return Revolution(rectangle, origin: from, axis: (to - from) / length)
    }
}
