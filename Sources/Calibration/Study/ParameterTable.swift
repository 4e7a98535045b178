import Schema

/// `[parameters.NAME]`
enum ParameterTable {
    private static let lower = Key.number("lower", .any, "The smallest value.").optional(
        otherwise: "needed unless the parameter is fixed or tied")
    private static let upper = Key.number("upper", .any, "The largest value.").optional(
        otherwise: "needed unless the parameter is fixed or tied")
    private static let scale = Key<Scale>.choice(
        "scale", default: .linear, "How it runs from one bound to the other.")
    private static let initial = Key.number("initial", .any, "Where to start.").optional(
        otherwise: "the method's choice")
    private static let fixed = Key.number("fixed", .any, "Always this value: it is not calibrated.").optional(
        otherwise: "free")
    private static let mean = Key.number("mean", .any, "The mean; the median where the scale is logarithmic.")
    private static let deviation = Key.number(
        "deviation", .above(0), "The standard deviation; of the logarithm where the scale is logarithmic.")
    private static let prior = TableSchema(
        "What is believed before the data: a normal distribution.", [mean, deviation])
    private static let partner = Key.text("to", "The other parameter.")
    private static let factor = Key.number("factor", .any, default: 1, "Multiplies it.")
    private static let offset = Key.number("offset", .any, default: 0, "Is added.")
    private static let tied = TableSchema("factor × another parameter + offset.", [partner, factor, offset])

    private static let table = TableSchema(
        "A parameter.", name: "parameter",
        [
            lower, upper, scale, initial, fixed,
            Field("prior", .table(prior), "What is believed before the data."),
            Field("tied", .table(tied), "It follows another parameter."),
        ])

    /// The words of ``ParameterScale``.
    private enum Scale: String, CaseIterable {
        case linear
        case log
        case logarithmic
    }

    static let kind = ValueKind.namedValues(.table(table))

    /// The parameters, in the order of the file.
    static func read(_ section: Section, _ diagnostics: inout [Diagnostic]) -> [Parameter] {
        (section.node?.entries ?? []).compactMap { read(section.section($0.key), $0.key, &diagnostics) }
    }

    private static func read(
        _ section: Section, _ name: String, _ diagnostics: inout [Diagnostic]
    ) -> Parameter? {
        let role: ParameterRole
        if let value = section[fixed] {
            role = .fixed(value)
        } else if section.has("tied") {
            let table = section.section("tied")
            role = .tied(to: table[partner], factor: table[factor], offset: table[offset])
        } else {
            role = .free
            guard section.has("lower"), section.has("upper") else {
                diagnostics.append(
                    section.diagnostic(
                        nil, "a free parameter needs both bounds", hint: "set lower and upper, or fixed"))
                return nil
            }
        }
        let table = section.section("prior")
        return Parameter(
            name, lower: section[lower] ?? 0, upper: section[upper] ?? 1,
            scale: section[scale] == .linear ? .linear : .logarithmic,
            prior: section.has("prior") ? NormalPrior(mean: table[mean], deviation: table[deviation]) : nil,
            role: role, initial: section[initial])
    }
}
