/// The reference of a kind of file, written from its description.
public enum Reference {
    /// Every key of every table as Markdown.
    ///
    /// - Parameters:
    ///   - title: The heading of the page.
    ///   - introduction: What stands before the first table.
    ///   - schema: The description.
    public static func markdown(title: String, introduction: String, _ schema: TableSchema) -> String {
        var writer = ReferenceWriter()
        writer.add(heading: "## Top level", schema, path: [])
        return "# \(title)\n\n\(introduction)\n\n" + writer.blocks.joined(separator: "\n\n") + "\n"
    }
}

/// Walks over a description; tables with a name are written once.
private struct ReferenceWriter {
    var blocks: [String] = []
    private var written: Set<String> = []

    mutating func add(heading: String, _ schema: TableSchema, path: [String]) {
        blocks += [heading, schema.summary]
        let inherited = Set(schema.base.flatMap(\.fields).map(\.name))
        let own = schema.fields.filter { !inherited.contains($0.name) }
        if !own.isEmpty { blocks.append(rows(own)) }
        if let base = schema.base.first {
            blocks.append("And the keys of the table \(base.name ?? "above").")
            return descend(.table(base), path: path, inArray: false)
        }
        for variant in schema.variants {
            let form = "`\(schema.tag ?? "") = \"\(variant.word)\"`: \(variant.summary)"
            blocks.append(variant.fields.isEmpty ? form : form + "\n\n" + rows(variant.fields))
        }
        for field in schema.allFields { descend(field.kind, path: path + [field.name], inArray: false) }
    }

    private mutating func descend(_ kind: ValueKind, path: [String], inArray: Bool) {
        switch kind {
        case .table(let schema):
            let brackets = inArray ? ("[[", "]]") : ("[", "]")
            let place = "`\(brackets.0)\(path.joined(separator: "."))\(brackets.1)`"
            guard written.insert(schema.name ?? place).inserted else { return }
            add(heading: "## " + (schema.name.map { "Table: \($0)" } ?? place), schema, path: path)
        case .nested(let table):
            // A description that contains itself is made once.
            if !written.contains(table.name) { descend(.table(table.schema()), path: path, inArray: inArray) }
        case .list(let element, _): descend(element, path: path, inArray: true)
        case .namedValues(let value): descend(value, path: path + ["NAME"], inArray: false)
        case .oneOf(let kinds): for kind in kinds { descend(kind, path: path, inArray: inArray) }
        default: break
        }
    }

    private func rows(_ fields: [Field]) -> String {
        let header = "| key | holds | unit | default | meaning |\n|---|---|---|---|---|"
        return ([header] + fields.map(row)).joined(separator: "\n")
    }

    private func row(_ field: Field) -> String {
        let value = field.defaultText.map { "`\($0)`" } ?? (field.isRequired ? "required" : "–")
        let cells = ["`\(field.name)`", field.kind.description, field.unit ?? "", value, field.summary]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
}
