import Geometry
import Schema

/// `[[body]]`
enum BodySchema {
    private static let name = Key.text("name", "Names the body and its forces; unique.").optional(
        otherwise: "body-1, body-2, …")
    private static let wall = Key<WallKind.Name>.choice(
        "wall", default: .slip, "Whether the gas slides along the surface or sticks to it.")
    private static let temperature = Key.number(
        "temperature", .above(0), unit: "temperature", "Temperature of a no-slip wall."
    ).optional(otherwise: "none: adiabatic")
    private static let representation = Key<BodyRepresentation>.choice(
        "representation", default: .sdf,
        "A sharp wall where the signed distance is 0, or a mask of solid cells with volume penalisation.")

    static let table = ShapeSchema.table.extended(
        "A solid in the flow; where bodies overlap, the first one has the wall.",
        with: [
            name, wall, temperature, representation,
            Field(
                "motion", .table(BodyMotionSchema.table), "A prescribed motion; without it the body stays."),
        ])

    /// - Parameters:
    ///   - end: When the case ends.
    ///   - folder: From which relative paths of files start.
    static func read(
        _ sections: [Section], domain: Domain, end: Double, folder: String, _ diagnostics: inout [Diagnostic]
    ) -> [Body] {
        guard let first = sections.first else { return [] }
        if first.scope.dimension == 1 {
            diagnostics.append(
                first.diagnostic(
                    nil, "a domain of one dimension has no bodies",
                    hint: "give domain.cells a second entry, or use boundaries with kind = \"wall\""))
            return []
        }
        let names = ShapeNames.names(of: sections, &diagnostics)
        var reader = ShapeReader(folder: folder)
        let bodies = zip(names, sections).compactMap { name, section -> Body? in
            let wall = wallKind(section, &diagnostics)
            guard let shape = reader.shape(section) else { return nil }
            checkPlace(shape, section, domain, &diagnostics)
            return Body(
                name: name, shape: shape, wall: wall, representation: section[representation],
                motion: BodyMotionSchema.read(section, end: end, &diagnostics))
        }
        diagnostics += reader.diagnostics
        return bodies
    }

    /// A file whose unit is not that of the domain puts the body nowhere near; shapes made of keys are as meant.
    private static func checkPlace(
        _ shape: any Shape, _ section: Section, _ domain: Domain, _ diagnostics: inout [Diagnostic]
    ) {
        let rank = domain.cells.count
        guard section.node?["shape"]?.text == "file", domain.lower.count == rank, domain.upper.count == rank,
            let message = ShapeCheck.against(lower: domain.lower, upper: domain.upper, shape)
        else { return }
        diagnostics.append(section.diagnostic("path", message))
    }

    private static func wallKind(_ section: Section, _ diagnostics: inout [Diagnostic]) -> WallKind {
        let temperature = section[temperature]
        guard section[wall] == .slip else { return .noSlip(temperature: temperature) }
        if section.has("temperature") {
            diagnostics.append(
                section.diagnostic(
                    "temperature", "a slip wall has no temperature", hint: "write wall = \"no-slip\""))
        }
        return .slip
    }
}
