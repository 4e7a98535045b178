import Schema

/// `[expect]`
enum ExpectSchema {
    private static let value = Key.number("value", .any, "The expected value.").optional()
    private static let tolerance = Key.number(
        "tolerance", .atLeast(0), default: 1e-3, "Allowed deviation, as a share of the value.")
    private static let absolute = Key.flag(
        "absolute", default: false, "Whether the tolerance is a difference instead.")
    private static let minimum = Key.number("minimum", .any, "The smallest allowed value.").optional()
    private static let maximum = Key.number("maximum", .any, "The largest allowed value.").optional()

    private static let entry = TableSchema(
        "What a result should be.", name: "expectation", [value, tolerance, absolute, minimum, maximum])

    static let kind = ValueKind.namedValues(.oneOf([.number(.any), .table(entry)]))

    static func read(_ section: Section, _ diagnostics: inout [Diagnostic]) -> [Expectation] {
        (section.node?.entries ?? []).map { name in
            // A bare number is a table with nothing but its value.
            let table = section.section(name.key)
            let number = value.value(of: name.node, in: section.scope) ?? nil
            let result = Expectation(
                key: name.key, value: number ?? table[value], tolerance: table[tolerance],
                absolute: table[absolute], minimum: table[minimum], maximum: table[maximum])
            if case .table = name.node.value { check(result, table, &diagnostics) }
            return result
        }
    }

    private static func check(
        _ expectation: Expectation, _ section: Section, _ diagnostics: inout [Diagnostic]
    ) {
        let names = ["value", "minimum", "maximum"]
        if !names.contains(where: section.has) {
            let hint = "a name with dots needs quotes: \"error.density.l1\" = { value = 0.01 }"
            diagnostics.append(
                section.diagnostic(nil, "expects nothing", allowed: "value, minimum or maximum", hint: hint))
        }
        if let minimum = expectation.minimum, let maximum = expectation.maximum, minimum > maximum {
            diagnostics.append(section.diagnostic("minimum", "\(minimum) is above maximum = \(maximum)"))
        }
    }
}
