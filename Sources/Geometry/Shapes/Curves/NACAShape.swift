import Schema

extension ShapeKind {
    /// The words of `trailing_edge`.
    private enum TrailingEdge: String, CaseIterable {
        case closed, blunt
    }

    private static let digits = Key.text(
        "digits", "Four digits as \"2412\", or five as \"23012\" (simple) and \"23112\" (reflexed).")
    private static let chord = Key.number("chord", .above(0), default: 1, unit: "length", "Chord.")
    private static let leadingEdge = Key.numbers(
        "leading_edge", .any, .exactly(2), default: [0, 0], unit: "length", "Position of the leading edge.")
    private static let angle = Key.number(
        "angle_of_attack", .within(-180...180), default: 0, unit: "degrees",
        "Turns the nose up, about the leading edge.")
    private static let trailingEdge = Key<TrailingEdge>.choice(
        "trailing_edge", default: .closed, "Sharp, or as thick as published.")

    static let naca = ShapeKind(
        "naca", .planar, "An airfoil of the NACA four- or five-digit series (NACA Reports 460 and 537).",
        [digits, chord, leadingEdge, angle, trailingEdge]
    ) { section, reader in
        guard section.node?["digits"]?.text != nil, let chord = section.finite(chord),
            let leadingEdge = section.planarPoint(leadingEdge)
        else { return nil }
        let digits = section[digits]
        guard let airfoil = NACAAirfoil(digits: digits, isClosed: section[trailingEdge] == .closed) else {
            reader.report(
                section.diagnostic(
                    "digits", "there is no NACA \(digits) airfoil",
                    allowed: "four digits with both or none of the first two 0, or L10TT to L50TT and "
                        + "L21TT to L51TT with L > 0; TT > 00",
                    hint: "for example \"0012\", \"2412\", \"23012\", \"23112\""))
            return nil
        }
        let (cosine, sine) = cosineAndSine(degrees: -section[angle])
        let origin = PlanarPoint(leadingEdge.x, leadingEdge.y)
        let vertices = airfoil.vertices.map { point in
            origin + chord
                * PlanarPoint(
                    point.x * cosine - point.y * sine, point.x * sine + point.y * cosine)
        }
        return reader.curveShape(vertices, section, key: "digits")
    }
}
