import Schema

/// A table of `[parameters]`.
enum DistributionSchema {
    private static let uniform = Key.numbers(
        "uniform", .any, .exactly(2), default: [], described: "–",
        "Every value from the first to the second alike.")
    private static let logUniform = Key.numbers(
        "log_uniform", .above(0), .exactly(2), default: [], described: "–",
        "The same on a logarithmic scale.")
    private static let normal = Key.numbers(
        "normal", .any, .exactly(2), default: [], described: "–", "Mean and standard deviation.")
    private static let limits = Key.numbers(
        "limits", .any, .exactly(2), default: [], described: "none",
        "Where a normal distribution is cut off.")
    private static let grid = Key.numbers(
        "grid", .any, .exactly(3), default: [], described: "–",
        "First value, last value and number of values at equal distances.")
    private static let choice = Field(
        "choice", .list(.oneOf([.text, .number(.any)]), .within(1...10_000)),
        "One of these numbers, or words.")
    private static let expression = Field(
        "expression", .oneOf([.text, .number(.any)]), "A number, or an expression in other parameters.")
    private static let value = Field("value", expression.kind, "The same as `expression`.")
    private static let numbers = [uniform, logUniform, normal, grid]
    private static let forms = numbers.map(\.field.name) + ["choice", "expression", "value"]

    static let table = TableSchema(
        "How a parameter is distributed: exactly one of uniform, log_uniform, normal, choice, grid, expression.",
        name: "distribution",
        [uniform, logUniform, normal, limits, choice, grid, expression, value])

    /// What `[parameters]` holds under a name.
    static let kind = ValueKind.oneOf([.table(table), .text, .number(.any)])

    /// The distribution under a name; nil where it is wrong, which is reported.
    static func read(
        _ name: String, of parameters: Section, _ diagnostics: inout [Diagnostic]
    ) -> Distribution? {
        guard let node = parameters.node?[name] else { return nil }
        guard case .table = node.value else { return expression(node) }
        let section = parameters.section(name)
        let given = forms.filter(section.has)
        guard given.count == 1, let form = given.first else {
            // A key that is misspelt has been reported.
            let names = table.fields.map(\.name)
            if given.isEmpty, node.entries.contains(where: { !names.contains($0.key) }) { return nil }
            let found =
                given.isEmpty ? "has no distribution" : "has several (\(given.joined(separator: ", ")))"
            let allowed = "exactly one of \(forms.joined(separator: ", "))"
            diagnostics.append(section.diagnostic(nil, found, allowed: allowed))
            return nil
        }
        if section.has("limits"), form != "normal" {
            diagnostics.append(
                section.diagnostic("limits", "only a normal distribution has limits", hint: "remove the key"))
        }
        switch form {
        case "choice": return words(section, &diagnostics)
        case "expression", "value": return section.node?[form].flatMap(expression)
        default: return numeric(form, section, &diagnostics)
        }
    }

    private static func expression(_ node: Node) -> Distribution? {
        switch node.value {
        case .string(let text): .expression(text)
        case .integer(let value): .expression("\(value)")
        case .number(let value): .expression("\(value)")
        default: nil
        }
    }

    private static func words(_ section: Section, _ diagnostics: inout [Diagnostic]) -> Distribution? {
        let elements = section.node?["choice"]?.elements ?? []
        let words = elements.compactMap(\.text)
        guard !elements.isEmpty else { return nil }
        if words.count == elements.count { return .words(words) }
        guard words.isEmpty else {
            diagnostics.append(
                section.diagnostic("choice", "mixes numbers and words", allowed: "either of them"))
            return nil
        }
        return .choice(
            elements.compactMap { element in
                switch element.value {
                case .integer(let value): Double(value)
                case .number(let value): value
                default: nil
                }
            })
    }

    private static func numeric(
        _ form: String, _ section: Section, _ diagnostics: inout [Diagnostic]
    ) -> Distribution? {
        guard let values = numbers.first(where: { $0.field.name == form }).map({ section[$0] }),
            values.count >= 2
        else { return nil }
        if form == "normal" { return normal(values, section, &diagnostics) }
        if form == "grid" { return grid(values, section, &diagnostics) }
        guard values[0] < values[1] else {
            diagnostics.append(
                section.diagnostic(
                    form, "\(values[0]) is not below \(values[1])",
                    allowed: "two numbers, the smaller one first",
                    hint: values[0] == values[1] ? "a fixed value is written { value = \(values[0]) }" : nil))
            return nil
        }
        return form == "uniform"
            ? .uniform(lower: values[0], upper: values[1]) : .logUniform(lower: values[0], upper: values[1])
    }

    private static func grid(
        _ values: [Double], _ section: Section, _ diagnostics: inout [Diagnostic]
    ) -> Distribution? {
        guard values.count == 3 else { return nil }
        guard let count = Int(exactly: values[2]), (1...1_000_000).contains(count) else {
            let allowed = "a whole number from 1 to 1000000"
            diagnostics.append(
                section.diagnostic("grid", "\(values[2]) is no number of values", allowed: allowed))
            return nil
        }
        guard (values[0] != values[1]) == (count > 1) else {
            let message = "has \(count) value\(count == 1 ? "" : "s") from \(values[0]) to \(values[1])"
            diagnostics.append(section.diagnostic("grid", message, allowed: "[from, to, count], from ≠ to"))
            return nil
        }
        return .grid(from: values[0], to: values[1], count: count)
    }

    private static func normal(
        _ values: [Double], _ section: Section, _ diagnostics: inout [Diagnostic]
    ) -> Distribution? {
        guard values[1] > 0 else {
            diagnostics.append(
                section.diagnostic("normal", "a standard deviation of \(values[1])", allowed: "> 0"))
            return nil
        }
        let ends = section[limits]
        guard ends.count == 2 else {
            return .normal(mean: values[0], deviation: values[1], lower: nil, upper: nil)
        }
        guard ends[0] < ends[1] else {
            diagnostics.append(section.diagnostic("limits", "\(ends[0]) is not below \(ends[1])"))
            return nil
        }
        let share = ends.map { Distribution.cumulative(($0 - values[0]) / values[1]) }
        guard share[1] - share[0] > 1e-9 else {
            let message = "leave nothing of the normal distribution"
            let hint = "it lies around \(values[0]) ± \(values[1])"
            diagnostics.append(section.diagnostic("limits", message, hint: hint))
            return nil
        }
        return .normal(mean: values[0], deviation: values[1], lower: ends[0], upper: ends[1])
    }
}
