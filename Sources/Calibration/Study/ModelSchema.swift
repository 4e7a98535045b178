import Foundation
import Schema

private typealias Formula = Schema.Expression

/// Reads `[model]`.
enum ModelSchema {
    private static let outputs = Field(
        "outputs", .namedValues(.oneOf([.text, .number(.any)])),
        "Formulas by name, in the parameters and in x, y, z, t of the observation: `y = \"a*exp(-b*t)\"`.")
    private static let value = Field(
        "value", .oneOf([.text, .number(.any)]), "A formula in the parameters, to be minimised.")
    private static let command = Field(
        "command", .list(.text, .within(1...1000)), isRequired: true,
        "The program and its arguments; files are found beside this file. Each worker runs it in a folder of its own."
    )
    private static let inputs = Field(
        "inputs", .list(.text, .within(0...1000)),
        "Files and folders beside this file that the program opens: they are linked into the folder that it runs in."
    )
    private static let startup = Key.number(
        "startup", .atLeast(0), default: 60, unit: "s",
        "What the first run of a process may take besides, for its start.")
    private static let timeout = Key.number(
        "timeout", .above(0), default: 3600, unit: "s", "A run that takes longer is given up, and has failed."
    )
    private static let path = Key.text("case", "The case, from the folder of this file.")
    private static let weights = Key.text("model", "The trained operator, a .safetensors file.")
    private static let geometry = Key.text(
        "case", "The case whose bodies and constants the operator is given, parameters substituted."
    ).optional(otherwise: "that of `[model]`")
    private static let dataset = Key.text(
        "dataset", "The dataset of its training: outside of the parameters' ranges in it nothing is believed."
    ).optional(otherwise: "`range` alone")
    private static let range = Field(
        "range", .namedValues(.list(.number(.any), .exactly(2))),
        "Ranges of parameters in which the operator was validated: `{ mach = [1.8, 4.0] }`.")

    static let workers = Key.integer("workers", 1...1024, default: 1, "Runs at the same time.")

    private static let reschedule = Key.number(
        "reschedule_after", .above(1),
        "A run that takes so many times the usual time is started a second time by an idle worker; the first answer counts."
    ).optional(otherwise: "never")
    private static let giveUp = Key.number(
        "give_up_after", .above(1),
        "A run that takes so many times the usual time is given up, and has failed; a case ends at its next step."
    ).optional(otherwise: "never")

    /// What happens to runs that take longer than usual.
    static func overdue(_ section: Section) -> OverdueRule {
        OverdueRule(reschedule: section[reschedule], giveUp: section[giveUp])
    }

    static let table = TableSchema(
        "What is calibrated.", [workers, reschedule, giveUp], tag: "kind", variants: variants)

    /// The kinds of models; a surrogate beside a model is of one of them too.
    static let variants: [TableSchema.Variant] = [
        .init(
            "process",
            "An outside program that reads requests and writes replies, one JSON object a line.",
            [command, inputs, timeout, startup]),
        .init("case", "The solver: parameters are keys of the case, or its `[constants]`.", [path]),
        .init("expression", "Formulas, for tests and teaching.", [outputs, value]),
        .init(
            "surrogate", "A trained operator in the place of the solver.",
            [weights, geometry, dataset, range]),
    ]

    /// The model; nil where it is wrong, which is reported.
    ///
    /// - Parameter names: The parameters, and the settings that every site has.
    static func read(
        _ section: Section, names: [String], folder: String, scratch: String, otherCase: String? = nil,
        _ diagnostics: inout [Diagnostic]
    ) -> ModelDescription? {
        switch section.node?["kind"]?.text {
        case "process":
            let words = section.node?["command"]?.elements.compactMap(\.text) ?? []
            guard !words.isEmpty else { return nil }
            let command = words.map { absolute($0, folder) }
            guard LineProcess.find(command[0]) != nil else {
                diagnostics.append(
                    section.diagnostic(
                        "command", "there is no program \"\(words[0])\" to run",
                        hint: "give a path from the folder of this file, or a name on PATH"))
                return nil
            }
            let given = (section.node?["inputs"]?.elements.compactMap(\.text) ?? [])
            for name in given where absolute(name, folder) == name && !name.hasPrefix("/") {
                diagnostics.append(
                    section.diagnostic(
                        "inputs", "there is no \"\(name)\"", hint: "give a path from the folder of this file")
                )
            }
            return .process(
                ProcessDescription(
                    command: command, timeout: section[timeout], startup: section[startup],
                    folder: scratch, inputs: given.map { absolute($0, folder) }, home: folder))
        case "case":
            guard section.has("case") else { return nil }
            return .flow(path: absolute(section[path], folder, always: true))
        case "expression":
            return expressions(section, names, &diagnostics)
        case "surrogate": return surrogate(section, folder, otherCase, &diagnostics)
        default: return nil
        }
    }

    private static func surrogate(
        _ section: Section, _ folder: String, _ otherCase: String?, _ diagnostics: inout [Diagnostic]
    ) -> ModelDescription? {
        guard section.has("model") else { return nil }
        guard
            let flowCase = section[geometry].map({ absolute($0, folder, always: true) }) ?? otherCase
        else {
            diagnostics.append(
                section.diagnostic(
                    nil, "does not say whose bodies and constants the operator is given",
                    hint: "add case = \"CASE.toml\""))
            return nil
        }
        var ranges: [String: ClosedRange<Double>] = [:]
        let table = section.section("range")
        for entry in table.node?.entries ?? [] {
            let ends = entry.node.elements.compactMap(\.double)
            guard ends.count == 2, ends[0] < ends[1] else {
                diagnostics.append(
                    table.diagnostic(entry.key, "is no range", hint: "give the lower end, then the upper one")
                )
                continue
            }
            ranges[entry.key] = ends[0]...ends[1]
        }
        return .surrogate(
            SurrogateDescription(
                model: absolute(section[weights], folder, always: true), flowCase: flowCase,
                dataset: section[dataset].map { absolute($0, folder, always: true) }, ranges: ranges))
    }

    private static func absolute(_ word: String, _ folder: String, always: Bool = false) -> String {
        let path = URL(fileURLWithPath: word, relativeTo: URL(fileURLWithPath: folder)).standardizedFileURL
            .path
        return always || FileManager.default.fileExists(atPath: path) ? path : word
    }

    private static func expressions(
        _ section: Section, _ names: [String], _ diagnostics: inout [Diagnostic]
    ) -> ModelDescription? {
        let table = section.section("outputs")
        var found: [String: Formula] = [:]
        for entry in table.node?.entries ?? [] {
            found[entry.key] = expression(
                entry.node, table, entry.key, names + ExpressionModel.coordinates, &diagnostics)
        }
        let value = section.node?["value"].flatMap { expression($0, section, "value", names, &diagnostics) }
        if found.isEmpty, value == nil {
            diagnostics.append(
                section.diagnostic(nil, "computes nothing", hint: "add outputs = { y = \"a*x\" }, or value"))
            return nil
        }
        return .expression(ExpressionDescription(variables: names, outputs: found, value: value))
    }

    private static func expression(
        _ node: Node, _ section: Section, _ key: String, _ variables: [String],
        _ diagnostics: inout [Diagnostic]
    ) -> Formula? {
        let text: String
        switch node.value {
        case .string(let written): text = written
        case .integer(let value): text = "\(value)"
        case .number(let value): text = "\(value)"
        default: return nil
        }
        do throws(ExpressionError) {
            return try Formula(text, variables: variables)
        } catch {
            diagnostics.append(
                section.diagnostic(
                    key, "\(error.message) at column \(error.column) of \"\(text)\"", hint: error.hint))
            return nil
        }
    }
}
