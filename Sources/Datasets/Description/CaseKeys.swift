import Flow
import Schema

/// What a dotted key means in a case file.
enum CaseKeys {
    /// What is wrong with a key.
    struct Problem: Error {
        var message: String
        var allowed: String?
        var hint: String?
    }

    /// The description of the value under a dotted key, found in the description of case files.
    static func field(_ key: String) -> Result<Field, Problem> {
        var field = Field("case", .table(CaseReader.schema), "")
        var path: [String] = []
        for part in key.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
            switch step(field, part, after: path) {
            case .failure(let problem): return .failure(problem)
            case .success(let next): field = next
            }
            path.append(part)
        }
        guard holdsValue(field.kind) else {
            return .failure(Problem(message: "\(key) is \(field.kind.description), not a number or word"))
        }
        return .success(field)
    }

    private static func step(_ field: Field, _ part: String, after path: [String]) -> Result<Field, Problem> {
        let alternatives = expanded(field.kind)
        for kind in alternatives {
            if let next = child(of: kind, part) { return .success(next) }
        }
        let names = alternatives.flatMap(names)
        let holder = path.isEmpty ? "a case" : path.joined(separator: ".")
        guard !names.isEmpty else {
            return .failure(Problem(message: "\(holder) is \(field.kind.description), it has no \"\(part)\""))
        }
        let guess = Spelling.closest(to: part, among: names)
        let whole = guess.map { (path + [$0]).joined(separator: ".") }
        return .failure(
            Problem(
                message: "unknown parameter: \(holder) has no \"\(part)\"",
                allowed: unique(names).joined(separator: ", "), hint: whole.map { "did you mean \"\($0)\"?" })
        )
    }

    private static func expanded(_ kind: ValueKind) -> [ValueKind] {
        switch kind {
        case .oneOf(let kinds): kinds.flatMap(expanded)
        case .nested(let table): [.table(table.schema())]
        default: [kind]
        }
    }

    private static func child(of kind: ValueKind, _ part: String) -> Field? {
        switch kind {
        case .table(let schema): fields(schema).first { $0.name == part }
        case .list(let element, _): Int(part).map { _ in Field(part, element, "") }
        case .namedValues(let value): Field(part, value, "")
        case .constants: Field(part, .number(.any), "")
        default: nil
        }
    }

    private static func fields(_ schema: TableSchema) -> [Field] {
        schema.fields + schema.variants.flatMap(\.fields)
    }

    private static func names(_ kind: ValueKind) -> [String] {
        if case .table(let schema) = kind { return fields(schema).map(\.name) }
        return []
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func holdsValue(_ kind: ValueKind) -> Bool {
        expanded(kind).contains { kind in
            switch kind {
            case .integer, .integerChoice, .number, .expression, .choice, .text: true
            default: false
            }
        }
    }
}
