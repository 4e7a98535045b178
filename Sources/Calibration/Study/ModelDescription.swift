import Foundation
import Schema

private typealias Formula = Schema.Expression

/// `[model]`: what is calibrated.
public enum ModelDescription: Sendable {
    /// Formulas in the parameters and in the coordinates of observations.
    case expression(ExpressionDescription)
    /// An outside program that speaks the protocol of lines.
    case process(ProcessDescription)
    /// The solver with a case of its own.
    case flow(path: String)

    /// The word of `kind`.
    public var word: String {
        switch self {
        case .expression: "expression"
        case .process: "process"
        case .flow: "case"
        }
    }
}

/// Formulas.
public struct ExpressionDescription: Sendable {
    /// The parameters and settings that formulas may use, in the order in which they take their values.
    public var variables: [String]
    /// Formulas in the variables and in the coordinates of observations, by the output.
    public var outputs: [String: Schema.Expression]
    /// A formula in the variables, to be minimised.
    public var value: Schema.Expression?
}

/// An outside program.
public struct ProcessDescription: Sendable {
    /// The program and its arguments; those that name a file beside the study are absolute paths.
    public var command: [String]
    /// Seconds after which a run is given up.
    public var timeout: Double
    /// The folder below which every worker has one of its own.
    public var folder: String

    /// A program and the bounds within which it works.
    public init(command: [String], timeout: Double, folder: String) {
        self.command = command
        self.timeout = timeout
        self.folder = folder
    }
}

/// Reads `[model]`.
enum ModelSchema {
    private static let outputs = Field(
        "outputs", .namedValues(.oneOf([.text, .number(.any)])),
        "Formulas by name, in the parameters and in x, y, z, t of the observation: `y = \"a*exp(-b*t)\"`.")
    private static let value = Field(
        "value", .oneOf([.text, .number(.any)]), "A formula in the parameters, to be minimised.")
    private static let command = Field(
        "command", .list(.text, .within(1...1000)), isRequired: true,
        "The program and its arguments; files are found beside this file.")
    private static let timeout = Key.number(
        "timeout", .above(0), default: 3600, unit: "s", "A run that takes longer is given up, and has failed."
    )
    private static let path = Key.text("case", "The case, from the folder of this file.")

    static let workers = Key.integer("workers", 1...1024, default: 1, "Runs at the same time.")

    static let table = TableSchema(
        "What is calibrated.", [workers], tag: "kind",
        variants: [
            .init(
                "process",
                "An outside program that reads requests and writes replies, one JSON object a line.",
                [command, timeout]),
            .init("case", "The solver: parameters are keys of the case, or its `[constants]`.", [path]),
            .init("expression", "Formulas, for tests and teaching.", [outputs, value]),
        ])

    /// The model; nil where it is wrong, which is reported.
    ///
    /// - Parameter names: The parameters, and the settings that every site has.
    static func read(
        _ section: Section, names: [String], folder: String, scratch: String,
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
            return .process(
                ProcessDescription(command: command, timeout: section[timeout], folder: scratch))
        case "case":
            guard section.has("case") else { return nil }
            return .flow(path: absolute(section[path], folder, always: true))
        case "expression":
            return expressions(section, names, &diagnostics)
        default: return nil
        }
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
