import Schema

/// The keys that scale, rotate and translate any shape.
enum ShapeMotion {
    private static let scale = Key.number(
        "scale", .above(0), default: 1, unit: "1", "Enlarges the shape about `pivot`.")
    private static let rotate = Key.number(
        "rotate", default: 0, unit: "degrees", "Rotates it about `pivot`, counter-clockwise.")
    private static let axis = Key.numbers(
        "rotate_axis", .any, .exactly(3), default: [0, 0, 1], unit: "1",
        "Direction about which it rotates; in three dimensions only.")
    private static let pivot = Key.numbers(
        "pivot", .any, .dimension, default: [], described: "the origin", unit: "length",
        "Stays in place when the shape is scaled and rotated.")
    private static let translate = Key.numbers(
        "translate", .any, .dimension, default: [], described: "0", unit: "length", "Moves it, at last.")

    static let keys: [any SchemaKey] = [scale, rotate, axis, pivot, translate]

    static func read(_ section: Section, _ reader: inout ShapeReader) -> RigidMotion? {
        guard let scale = section.finite(scale), let angle = section.finite(rotate),
            let turn = direction(section, &reader)
        else { return nil }
        return RigidMotion(
            scale: scale, degrees: angle, axis: turn, pivot: section.point(pivot) ?? Point(repeating: 0),
            translation: section.point(translate) ?? Point(repeating: 0))
    }

    private static func direction(_ section: Section, _ reader: inout ShapeReader) -> Point? {
        if section.has("rotate_axis"), section.scope.dimension == 2 {
            let message = "a rotation in two dimensions has no axis"
            reader.report(section.diagnostic("rotate_axis", message, hint: "remove the key"))
            return nil
        }
        return section.direction(axis, count: 3, &reader)
    }
}
