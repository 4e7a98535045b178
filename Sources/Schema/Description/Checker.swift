/// Compares a document with its description and reports everything that does not fit.
public struct Checker {
    /// What was found so far.
    public private(set) var diagnostics: [Diagnostic] = []
    private let schema: TableSchema
    private var scope: Scope

    /// A checker for files of one kind.
    public init(_ schema: TableSchema, scope: Scope) {
        self.schema = schema
        self.scope = scope
    }

    /// What follows is not looked at.
    private var isFull: Bool { diagnostics.count >= InvalidInput.mostShown }

    /// Checks a whole document.
    public mutating func check(_ document: Document) {
        check(document.root, schema, [])
    }

    private mutating func report(
        _ place: Place, _ path: [String], _ message: String, allowed: String? = nil, hint: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(at: place, key: dotted(path), message: message, allowed: allowed, hint: hint))
    }

    private mutating func reportType(_ node: Node, _ kind: ValueKind, _ path: [String]) {
        var hint: String?
        if case .list(.table, _) = kind, !node.entries.isEmpty { hint = "write [[\(dotted(path))]]" }
        report(
            node.valuePlace, path, "expected \(kind.description), found \(node.description)", hint: hint)
    }

    /// Checks one value.
    private mutating func check(_ node: Node, _ kind: ValueKind, _ path: [String]) {
        switch (kind, node.value) {
        case (.boolean, .boolean), (.text, .string), (.constants, .table): break
        case (.choice(let words), .string(let word)): checkChoice(node, word, words, path)
        case (.integer(let limits), .integer), (.integer(let limits), .string):
            checkNumber(node, limits, isInteger: true, path)
        case (.integerChoice(let values), .integer(let value)):
            if !values.contains(value) {
                let allowed = values.map(String.init).joined(separator: ", ")
                report(node.valuePlace, path, "\(value) is out of range", allowed: allowed)
            }
        case (.number(let limits), .integer), (.number(let limits), .number), (.number(let limits), .string):
            checkNumber(node, limits, isInteger: false, path)
        case (.expression(let variables), .integer), (.expression(let variables), .number),
            (.expression(let variables), .string):
            checkExpression(node, variables, path)
        case (.list(let element, let length), .array(let elements)):
            checkList(node, elements, element, length, path)
        case (.table(let schema), .table): check(node, schema, path)
        case (.nested(let table), .table): checkNested(node, table, path)
        case (.namedValues(let value), .table(let entries)):
            for entry in entries where !isFull { check(entry.node, value, path + [entry.key]) }
        case (.oneOf(let kinds), _): checkAlternatives(node, kinds, path)
        default: reportType(node, kind, path)
        }
    }
}

// MARK: Values

extension Checker {
    private mutating func checkChoice(_ node: Node, _ word: String, _ words: [String], _ path: [String]) {
        guard !words.contains(word) else { return }
        let guess = Spelling.closest(to: word, among: words)
        report(
            node.valuePlace, path, "\"\(word)\" is not known", allowed: ValueKind.quotedList(words),
            hint: guess.map { "did you mean \"\($0)\"?" })
    }

    private mutating func checkNumber(_ node: Node, _ limits: Limits, isInteger: Bool, _ path: [String]) {
        do throws(ExpressionError) {
            guard let value = try scope.number(node) else { return }
            if isInteger && value.rounded() != value {
                report(node.valuePlace, path, "\(Limits.short(value)) is not an integer")
            } else if !limits.contains(value) {
                report(
                    node.valuePlace, path, "\(Limits.short(value)) is out of range",
                    allowed: limits.description)
            }
        } catch {
            diagnostics.append(Diagnostic(expression: error, in: node, key: dotted(path)))
        }
    }

    private mutating func checkExpression(_ node: Node, _ variables: [String], _ path: [String]) {
        do throws(ExpressionError) {
            let value = try scope.expression(node, variables: variables)?.constantValue
            if let value, !value.isFinite {
                report(node.valuePlace, path, "\(value) is out of range", allowed: Limits.any.description)
            }
        } catch {
            diagnostics.append(Diagnostic(expression: error, in: node, key: dotted(path)))
        }
    }

    private mutating func checkList(
        _ node: Node, _ elements: [Node], _ element: ValueKind, _ length: LengthRule, _ path: [String]
    ) {
        for (index, child) in elements.enumerated() where !isFull {
            check(child, element, path + ["\(index)"])
        }
        let count = elements.count
        let found = "has \(count) \(count == 1 ? "entry" : "entries")"
        switch length {
        case .any: break
        case .exactly(let wanted):
            if count != wanted { report(node.valuePlace, path, found, allowed: "\(wanted)") }
        case .within(let range):
            if !range.contains(count) {
                report(node.valuePlace, path, found, allowed: "\(range.lowerBound) to \(range.upperBound)")
            }
        case .dimension:
            guard let dimension = scope.dimension, count != dimension else { return }
            let allowed = "\(dimension), one for each dimension of the domain"
            report(node.valuePlace, path, found, allowed: allowed)
        }
    }

    /// The alternative of the right type is checked; among tables the one that knows most of the keys.
    private mutating func checkAlternatives(_ node: Node, _ kinds: [ValueKind], _ path: [String]) {
        let ranked = kinds.map { (kind: $0, fitness: fitness(node, $0)) }
        guard let best = ranked.max(by: { $0.fitness < $1.fitness }), best.fitness > 0 else {
            return reportType(node, .oneOf(kinds), path)
        }
        check(node, best.kind, path)
    }

    private func fitness(_ node: Node, _ kind: ValueKind) -> Int {
        switch (kind, node.value) {
        case (.nested(let table), .table): return fitness(node, .table(table.schema()))
        case (.table(let schema), .table(let entries)):
            let names = Set(schema.allFields.map(\.name))
            return 1 + entries.count { names.contains($0.key) }
        case (.namedValues, .table), (.list, .array), (.boolean, .boolean), (.text, .string),
            (.choice, .string),
            (.integer, .integer), (.integer, .string), (.number, .integer), (.number, .number),
            (.number, .string), (.expression, .integer), (.expression, .number), (.expression, .string):
            return 1
        default: return 0
        }
    }
}

// MARK: Tables

extension Checker {
    private mutating func checkNested(_ node: Node, _ table: NestedTable, _ path: [String]) {
        let outer = scope.dimension
        scope.dimension = table.dimension ?? outer
        check(node, table.schema(), path)
        scope.dimension = outer
    }

    private mutating func check(_ table: Node, _ schema: TableSchema, _ path: [String]) {
        let fields = schema.fields(for: table)
        for entry in table.entries where !isFull {
            if let field = fields.first(where: { $0.name == entry.key }) {
                check(entry.node, field.kind, path + [entry.key])
            } else {
                reportUnknown(entry, fields, of: schema, schema.form(of: table), path + [entry.key])
            }
        }
        for field in fields where table[field.name] == nil {
            reportMissing(field, table.keyPlace, path + [field.name])
        }
    }

    private mutating func reportUnknown(
        _ entry: Node.Entry, _ fields: [Field], of table: TableSchema, _ form: String?, _ path: [String]
    ) {
        let names = fields.map(\.name)
        let guess = Spelling.closest(to: entry.key, among: names)
        let owner = table.owner(of: entry.key)
        let home = schema.home(of: entry.key).map { "[\($0)]" }
        report(
            entry.node.keyPlace, path, "unknown key" + (form.map { " where \($0)" } ?? ""),
            allowed: names.joined(separator: ", "),
            hint: owner.map { "\(entry.key) belongs to \($0)" } ?? guess.map { "did you mean \"\($0)\"?" }
                ?? home.map { "\(entry.key) belongs to \($0)" })
    }

    /// The keys of a required table are missed one by one.
    private mutating func reportMissing(_ field: Field, _ place: Place, _ path: [String]) {
        guard field.isRequired else { return }
        if case .table(let inner) = field.kind {
            for field in inner.fields { reportMissing(field, place, path + [field.name]) }
        } else {
            report(place, path, "missing key", allowed: field.kind.description)
        }
    }
}

extension TableSchema {
    /// The form that the tag of a table selects, in words: `kind = "wall"`.
    fileprivate func form(of table: Node) -> String? {
        guard let tag, let word = table[tag]?.text else { return nil }
        return "\(tag) = \"\(word)\""
    }

    /// The one form of this table, in words, that has a key of this name.
    fileprivate func owner(of key: String) -> String? {
        let owners = variants.filter { $0.fields.contains { $0.name == key } }
        guard let tag, let owner = owners.first, owners.count == 1 else { return nil }
        return "\(tag) = \"\(owner.word)\""
    }

    /// The table, at most two levels below, that has a key of this name.
    fileprivate func home(of key: String) -> String? {
        for field in fields {
            guard case .table(let inner) = field.kind else { continue }
            if inner.allFields.contains(where: { $0.name == key }) { return field.name }
            if let deeper = inner.home(of: key) { return dotted([field.name, deeper]) }
        }
        return nil
    }
}
