import Flow
import Schema

/// `[parameters]`
enum ParameterSchema {
    static let kind = ValueKind.namedValues(DistributionSchema.kind)

    /// The parameters: the columns of a table first, then those of the file in its order.
    static func read(
        _ section: Section, table: TableFile?, tablePath: String, base: BaseCase?,
        _ diagnostics: inout [Diagnostic]
    ) -> [CampaignParameter] {
        var parameters: [CampaignParameter] = []
        for (column, name) in (table?.names ?? []).enumerated() {
            let place = Place(file: tablePath, line: 1)
            if section.has(name) {
                diagnostics.append(
                    section.diagnostic(
                        name, "is a column of \(tablePath) as well", hint: "keep one of the two"))
            }
            let unit = unit(name, base, at: place, key: name, &diagnostics)
            let values = table?.rows.map { $0[column] } ?? []
            parameters.append(CampaignParameter(name: name, distribution: .column(values), unit: unit ?? ""))
        }
        for entry in section.node?.entries ?? [] where !parameters.contains(where: { $0.name == entry.key }) {
            // Dotted names without quotes have been reported.
            guard !isUnquoted(entry) else { continue }
            let key = section.diagnostic(entry.key, "").key
            let unit = unit(entry.key, base, at: entry.node.keyPlace, key: key, &diagnostics)
            if let found = DistributionSchema.read(entry.key, of: section, &diagnostics) {
                parameters.append(CampaignParameter(name: entry.key, distribution: found, unit: unit ?? ""))
            }
        }
        checkSymbols(parameters, section, &diagnostics)
        return parameters
    }

    /// Whether this is `gas.gamma = …` without quotes, which is a table in TOML.
    private static func isUnquoted(_ entry: Node.Entry) -> Bool {
        entry.node.entries.contains { inner in
            if case .success = CaseKeys.field("\(entry.key).\(inner.key)") { true } else { false }
        }
    }

    /// The unit of the value that a parameter sets; nil where there is no such value, which is reported.
    private static func unit(
        _ name: String, _ base: BaseCase?, at place: Place, key: String, _ diagnostics: inout [Diagnostic]
    ) -> String? {
        guard !name.contains(".") else {
            switch CaseKeys.field(name) {
            case .success(let field): return field.unit ?? ""
            case .failure(let problem):
                diagnostics.append(
                    Diagnostic(
                        at: place, key: key, message: problem.message, allowed: problem.allowed,
                        hint: problem.hint))
                return nil
            }
        }
        guard let constants = base?.constants, !constants.contains(name) else { return "" }
        let guess = Spelling.closest(to: name, among: constants)
        let known =
            constants.isEmpty ? "none, the base case has no [constants]" : constants.joined(separator: ", ")
        diagnostics.append(
            Diagnostic(
                at: place, key: key, message: "unknown parameter: the base case has no constant \"\(name)\"",
                allowed: "a dotted key such as gas.gamma, or a constant: \(known)",
                hint: guess.map { "did you mean \"\($0)\"?" }))
        return nil
    }

    /// Two names that differ in signs only would be one in expressions.
    private static func checkSymbols(
        _ parameters: [CampaignParameter], _ section: Section, _ diagnostics: inout [Diagnostic]
    ) {
        var names: [String: String] = [:]
        for parameter in parameters {
            if let other = names.updateValue(parameter.name, forKey: parameter.symbol) {
                let message = "\(parameter.name) and \(other) are one name in expressions"
                diagnostics.append(section.diagnostic(parameter.name, message, hint: "rename the constant"))
            }
        }
    }
}

/// Expressions in parameters, where dotted names stand as they are: `"2*gas.gamma"`.
struct ParameterExpression: Sendable {
    let expression: Expression

    /// Parses an expression in the parameters.
    init(_ text: String, _ parameters: [String]) throws(ExpressionError) {
        var text = text
        // The longest name first: `gas.gamma` is the start of `gas.gamma_2`.
        for name in parameters.sorted(by: { ($0.count, $0) > ($1.count, $1) }) where name.contains(".") {
            text = text.replacing(name, with: CampaignParameter.symbol(name))
        }
        expression = try Expression(text, variables: parameters.map(CampaignParameter.symbol))
    }

    /// Reads the text of a node; nil where it is wrong, which is reported at its column.
    init?(_ node: Node, key: String, _ parameters: [String], _ diagnostics: inout [Diagnostic]) {
        let text: String
        switch node.value {
        case .string(let written): text = written
        case .integer(let value): text = "\(value)"
        case .number(let value): text = "\(value)"
        default: return nil
        }
        do throws(ExpressionError) {
            try self.init(text, parameters)
        } catch {
            var place = node.contentPlace ?? node.valuePlace
            if node.contentPlace != nil, let column = place.column {
                place.column = column + error.column - 1
            }
            let message = "\(error.message) at column \(error.column) of \"\(text)\""
            diagnostics.append(Diagnostic(at: place, key: key, message: message, hint: error.hint))
            return nil
        }
    }
}
