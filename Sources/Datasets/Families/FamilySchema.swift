import Flow
import Foundation
import Schema

/// `[[geometry]]`
enum FamilySchema {
    private enum Wall: String, CaseIterable {
        case slip
        case noSlip = "no-slip"
    }

    private static let name = Key.text("name", "Names the family; unique.").optional(
        otherwise: "its `family`")
    private static let weight = Key.number(
        "weight", .above(0), default: 1, unit: "1",
        "Its share of the samples, relative to the other families.")
    private static let count = Key.integer(
        "count", 1...1_000_000_000, "Different bodies of the family; they are used one after the other."
    ).optional(otherwise: "one for each sample, or each file")
    private static let wall = Key<Wall>.choice("wall", default: .slip, "As for a body of a case.").optional(
        otherwise: "\"slip\"")
    private static let temperature = Key.number(
        "temperature", .above(0), unit: "temperature", "As for a body of a case."
    ).optional(otherwise: "none: adiabatic")
    private static let representation = Key<BodyRepresentation>.choice(
        "representation", default: .sdf, "As for a body of a case."
    ).optional(otherwise: "\"sdf\"")

    static let table = TableSchema(
        "A family of bodies: a sample that belongs to it has one of them in the place of the first body of the base "
            + "case. Bodies of one form (the same curve, digits or file) never lie in different splits, "
            + "wherever they are put.",
        [name, weight, count, wall, temperature, representation], tag: "family",
        variants: FamilyRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) })

    static func read(
        _ sections: [Section], _ context: FamilyContext, bodyName: String?, _ diagnostics: inout [Diagnostic]
    ) -> [GeometryFamily] {
        var names: Set<String> = []
        return sections.compactMap { section in
            let word = section.node?["family"]?.text ?? ""
            let name = section[name] ?? word
            if name.isEmpty || !names.insert(name).inserted {
                let message = name.isEmpty ? "is empty" : "\"\(name)\" is the name of another family"
                diagnostics.append(
                    section.diagnostic(section.has("name") ? "name" : nil, message, hint: "add name = \"…\""))
            }
            guard let kind = FamilyRegistry.kinds.first(where: { $0.word == word }),
                let members = kind.build(section, context, &diagnostics)
            else { return nil }
            return GeometryFamily(
                name: name, weight: section[weight], count: section[count], members: members,
                bodyKeys: bodyKeys(section, bodyName))
        }
    }

    private static func bodyKeys(_ section: Section, _ bodyName: String?) -> [ShapeEntry] {
        var entries: [ShapeEntry] = []
        if let bodyName { entries.append(ShapeEntry("name", quoted(bodyName))) }
        if let wall = section[wall] { entries.append(ShapeEntry("wall", quoted(wall.rawValue))) }
        if let value = section[temperature] { entries.append(ShapeEntry("temperature", value)) }
        if let value = section[representation] {
            entries.append(ShapeEntry("representation", quoted(value.rawValue)))
        }
        return entries
    }
}
