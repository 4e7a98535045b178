import Schema

extension ShapeKind {
    private static let points = Key.rows(
        "points", columns: .exactly(2), count: .within(3...1_000_000), unit: "length",
        "Corners along the boundary, in either sense; the last is joined to the first.")

    static let polygon = ShapeKind("polygon", .planar, "A polygon.", [points]) { section, reader in
        guard let points = section.planarPoints(points) else { return nil }
        return reader.curveShape(CurveSampler.withoutRepetition(points), section, key: "points")
    }
}
