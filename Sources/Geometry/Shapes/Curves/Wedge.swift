import Foundation
import Schema

extension ShapeKind {
    private static let apex = Key.numbers("apex", .any, .exactly(2), unit: "length", "The tip.")
    private static let halfAngle = Key.number(
        "half_angle", .above(0, upTo: 89), unit: "degrees", "Angle between the axis and each side.")
    private static let length = Key.number(
        "length", .above(0), unit: "length", "From the tip to the base, along the axis.")
    private static let direction = Key.numbers(
        "direction", .any, .exactly(2), default: [1, 0], unit: "1", "From the tip into the wedge.")

    static let wedge = ShapeKind(
        "wedge", .planar, "An isosceles triangle.", [apex, halfAngle, length, direction]
    ) { section, reader in
        guard let apex = section.planarPoint(apex), let angle = section.finite(halfAngle),
            let length = section.finite(length),
            let axis = section.direction(direction, count: 2, &reader)
        else { return nil }
        let base = apex + axis * length
        let side = Point(-axis.y, axis.x, 0) * (length * tan(angle * .pi / 180))
        let corners = [apex, base - side, base + side].map { PlanarPoint($0.x, $0.y) }
        return reader.curveShape(corners, section, key: "half_angle")
    }
}
