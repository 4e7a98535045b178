import Operators
import Schema

/// A table `[model]` as text that a later version with other defaults reads alike: defaults are written out.
enum ModelText {
    /// The text of a checked table.
    static func text(_ section: Section) -> String {
        let word = section.node?["kind"]?.text ?? ""
        let given = (section.node?.entries ?? []).filter { $0.key != "kind" }
        var lines = ["[model]", "kind = \(quoted(word))"]
        lines += given.map { "\($0.key) = \(TOMLWriter.inline($0.node))" }
        for field in (ModelRegistry.kind(word)?.keys ?? []).map(\.field)
        where !given.contains(where: { $0.key == field.name }) {
            // Defaults in words, such as those that depend on the dimension, are no values.
            guard let value = field.defaultText, Double(value) != nil || ["true", "false"].contains(value)
            else { continue }
            lines.append("\(field.name) = \(value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The model that such a text describes. Throws ``TrainingError`` where it is damaged.
    static func model(_ text: String, _ mapping: FieldMapping, path: String) throws -> any OperatorModel {
        do {
            let document = try Document(text: text, file: path)
            let scope = Scope(dimension: mapping.dimension)
            var checker = Checker(
                TableSchema("", [Field("model", .table(ModelRegistry.table), isRequired: true, "")]),
                scope: scope)
            checker.check(document)
            guard checker.diagnostics.isEmpty else { throw InvalidInput(checker.diagnostics) }
            let section = Section(document, scope: scope).section("model")
            if let model = ModelRegistry.model(section, mapping: mapping) { return model }
        } catch let error as InvalidInput {
            throw TrainingError("\(path) describes a model that is not known: \(error)")
        }
        throw TrainingError("\(path) describes no model")
    }
}
