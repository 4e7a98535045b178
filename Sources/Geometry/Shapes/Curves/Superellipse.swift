import Foundation
import Schema

/// |x/a|ⁿ + |y/b|ⁿ = 1 (Lamé 1818), in polar coordinates about its centre.
struct Superellipse {
    let radii: PlanarPoint
    let exponent: Double

    /// The point of the curve in a direction. The larger of the two terms is taken out of the sum, which can
    /// then not overflow.
    func point(_ angle: Double) -> PlanarPoint {
        let direction = PlanarPoint(cos(angle), sin(angle))
        let share = pointwiseMax(direction, -direction) / radii
        let largest = share.max()
        let sum = pow(share.x / largest, exponent) + pow(share.y / largest, exponent)
        return direction / (largest * pow(sum, 1 / exponent))
    }

    /// The corners are at the axes for n < 2 and at the diagonals for large n.
    var vertices: [PlanarPoint] {
        let diagonal = atan2(radii.y, radii.x)
        let quarter = [0, diagonal]
        let breaks = (0..<4).flatMap { turn in
            quarter.map { angle in
                // A turn by 90° swaps what the diagonal is.
                let inner = turn % 2 == 0 || angle == 0 ? angle : .pi / 2 - angle
                return Double(turn) * .pi / 2 + inner
            }
        }
        return CurveSampler.vertices(breaks: breaks + [2 * .pi], point)
    }
}

extension ShapeKind {
    private static let center = Key.numbers("center", .any, .exactly(2), unit: "length", "Centre.")
    private static let radii = Key.numbers(
        "radii", .above(0), .exactly(2), unit: "length", "Half axes a and b.")
    private static let exponent = Key.number(
        "exponent", .within(0.5...100), unit: "1",
        "n: 1 is a rhombus, 2 an ellipse, a large one a rectangle.")

    static let superellipse = ShapeKind(
        "superellipse", .planar, "|x/a|ⁿ + |y/b|ⁿ = 1 (Lamé 1818).", [center, radii, exponent]
    ) { section, reader in
        guard let center = section.planarPoint(center), let radii = section.planarPoint(radii),
            let exponent = section.finite(exponent)
        else { return nil }
        let curve = Superellipse(radii: PlanarPoint(radii.x, radii.y), exponent: exponent)
        let origin = PlanarPoint(center.x, center.y)
        return reader.curveShape(curve.vertices.map { $0 + origin }, section, key: "radii")
    }
}
