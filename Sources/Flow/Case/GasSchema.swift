import Fluids
import Schema

/// `[gas]`
enum GasSchema {
    private static let prandtl = Key.number(
        "prandtl", .above(0), default: 0.72, unit: "1", "Prandtl number; used where there is viscosity.")

    private static let constant = Key.number(
        "viscosity", .atLeast(0), unit: "pressure·time", "Dynamic viscosity; at the reference temperature.")
    private static let temperature = Key.number(
        "temperature", .above(0), unit: "temperature", "Reference temperature T₀.")
    private static let sutherland = Key.number(
        "constant", .above(0), unit: "temperature", "Sutherland's constant S.")

    private static let law = TableSchema(
        "Dynamic viscosity as a function of temperature.", name: "viscosity law", [constant], tag: "law",
        variants: ViscosityLaw.Name.allCases.compactMap(variant))

    /// How a table describes a law; nil where there is nothing to describe.
    private static func variant(_ name: ViscosityLaw.Name) -> TableSchema.Variant? {
        switch name {
        case .inviscid: nil
        case .constant: .init(name.rawValue, "The same at every temperature.")
        case .sutherland:
            .init(
                name.rawValue, "μ = μ₀ (T/T₀)^{3/2} (T₀ + S)/(T + S) (Sutherland 1893).",
                [temperature, sutherland])
        }
    }

    private static let viscosity = Field(
        "viscosity", .oneOf([.number(.atLeast(0)), .table(law)]), unit: "pressure·time", default: "0",
        "Dynamic viscosity; 0 is an inviscid gas.")

    static let table = TableSchema(
        "The fluid.", [prandtl, viscosity], tag: "kind", otherwise: FluidKind.all[0].name,
        variants: FluidKind.all.map { .init($0.name, $0.summary, $0.keys) })

    static func read(_ section: Section) -> Gas {
        let word = section.node?["kind"]?.text
        let kind = FluidKind.all.first { $0.name == word } ?? FluidKind.all[0]
        return Gas(kind.read(section), prandtl: section[prandtl], viscosity: viscosityLaw(section))
    }

    private static func viscosityLaw(_ section: Section) -> ViscosityLaw {
        let table = section.section("viscosity")
        guard let node = table.node else { return .inviscid }
        guard case .table = node.value else { return law(section[constant]) }
        guard table.node?["law"]?.text == ViscosityLaw.Name.sutherland.rawValue else {
            return law(table[constant])
        }
        return .sutherland(
            viscosity: table[constant], temperature: table[temperature], constant: table[sutherland])
    }

    private static func law(_ value: Double) -> ViscosityLaw { value == 0 ? .inviscid : .constant(value) }
}
