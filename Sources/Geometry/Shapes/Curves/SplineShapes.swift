import Schema

extension ShapeKind {
    private static let points = Key.rows(
        "points", columns: .exactly(2), count: .within(3...10_000), unit: "length", "Control points.")
    private static let weights = Key.numbers(
        "weights", .above(0), .any, default: [], described: "1", unit: "1",
        "Weights of the control points: a rational curve, such as an exact circle.")
    private static let degree = Key.integer("degree", 1...9, default: 3, unit: "1", "Degree of the pieces.")
    private static let knots = Key.numbers(
        "knots", .any, .any, default: [], described: "uniform, and the curve without ends", unit: "1",
        "Ascending, as many as control points plus degree plus 1; the ends are then joined by a line.")

    static let bezier = ShapeKind(
        "bezier", .planar,
        "Bézier curves in a chain: the last point of each is the first of the next, so that `degree` points "
            + "describe a piece, and the last piece ends at the first point.",
        [points, weights, degree]
    ) { section, reader in
        guard let points = section.planarPoints(points), let weights = weights(section, points, &reader)
        else {
            return nil
        }
        let degree = section[degree]
        guard points.count % degree == 0 else {
            reader.report(
                section.diagnostic(
                    "points", "has \(points.count) entries", allowed: "a multiple of degree = \(degree)"))
            return nil
        }
        let curve = SplineCurve(pieces: points, weights: weights, degree: degree)
        return reader.curveShape(curve.vertices, section, key: "points")
    }

    static let nurbs = ShapeKind(
        "nurbs", .planar, "A rational B-spline.", [points, weights, degree, knots]
    ) { section, reader in
        guard let points = section.planarPoints(points), let weights = weights(section, points, &reader)
        else {
            return nil
        }
        let degree = section[degree]
        guard points.count > degree else {
            reader.report(
                section.diagnostic(
                    "points", "has \(points.count) entries",
                    allowed: "at least \(degree + 1) for degree \(degree)"))
            return nil
        }
        guard section.has("knots") else {
            let curve = SplineCurve(closed: points, weights: weights, degree: degree)
            return reader.curveShape(curve.vertices, section, key: "points")
        }
        guard let knots = knots(section, points.count, degree, &reader) else { return nil }
        let curve = SplineCurve(points: points, weights: weights, degree: degree, knots: knots)
        return reader.curveShape(curve.vertices, section, key: "points")
    }

    private static func weights(
        _ section: Section, _ points: [PlanarPoint], _ reader: inout ShapeReader
    ) -> [Double]? {
        guard section.has("weights") else { return points.map { _ in 1 } }
        let values = section[weights]
        guard !values.isEmpty || section.node?["weights"]?.elements.isEmpty == true else { return nil }
        guard values.count == points.count else {
            reader.report(
                section.diagnostic(
                    "weights", "has \(values.count) entries", allowed: "\(points.count), one for each point"))
            return nil
        }
        return values
    }

    private static func knots(
        _ section: Section, _ count: Int, _ degree: Int, _ reader: inout ShapeReader
    ) -> [Double]? {
        let values = section[knots]
        guard !values.isEmpty || section.node?["knots"]?.elements.isEmpty == true else { return nil }
        guard values.count == count + degree + 1 else {
            reader.report(
                section.diagnostic(
                    "knots", "has \(values.count) entries",
                    allowed: "\(count + degree + 1), one for each point and degree + 1 more"))
            return nil
        }
        guard zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 }), values[degree] < values[count] else {
            reader.report(
                section.diagnostic("knots", "are not ascending", hint: "repeat a knot, but never go back"))
            return nil
        }
        return values
    }
}
