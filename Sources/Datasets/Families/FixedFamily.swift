import Geometry
import Schema

extension FamilyKind {
    private static let body = Field(
        "body", .nested(NestedTable("shape") { ShapeSchema.table }), isRequired: true,
        "The shape: `{ shape = \"ellipse\", … }`.")

    /// One shape.
    static let shape = FamilyKind(
        "shape", "One shape for all samples of the family, put at random.", [body] + Placement.keys
    ) { section, context, diagnostics in
        guard let node = section.node?["body"], let placement = Placement(section, &diagnostics) else {
            return nil
        }
        var reader = ShapeReader(folder: context.caseFolder)
        let shape = reader.shape(section.section("body"))
        diagnostics += reader.diagnostics
        guard let shape else { return nil }
        let entries = node.entries.map { ShapeEntry(dotted([$0.key]), TOMLWriter.inline($0.node)) }
        let moves = ["scale", "rotate", "pivot", "translate"].filter { node[$0] != nil }
        if let key = moves.first, !placement.isIdentity {
            diagnostics.append(
                section.diagnostic(
                    "body", "has \(key), and the family places it as well", hint: "remove \(key)"))
            return nil
        }
        guard placement.isIdentity || isBounded(shape, context.dimension) else {
            diagnostics.append(section.diagnostic("body", "has no end, so that it cannot be placed"))
            return nil
        }
        return FixedFamily(
            entries: entries, bounds: shape.bounds, placement: placement, dimension: context.dimension)
    }

    private static func isBounded(_ shape: any Shape, _ dimension: Int) -> Bool {
        (0..<dimension).allSatisfy { shape.bounds.lower[$0].isFinite && shape.bounds.upper[$0].isFinite }
    }
}

private struct FixedFamily: ShapeFamily {
    let entries: [ShapeEntry]
    let bounds: Bounds
    let placement: Placement
    let dimension: Int
    let memberCount: Int? = 1

    func member(_ source: inout FamilySource) -> FamilyMember {
        FamilyMember(
            form: "shape " + FamilyMember(form: "", entries: entries).table,
            entries: entries + placement.entries(bounds, dimension: dimension, &source))
    }
}
