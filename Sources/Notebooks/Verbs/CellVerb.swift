import Schema

/// What a cell can do. A new verb is one file with a value of this protocol, and one line in the list of verbs.
public protocol CellVerb: Sendable {
    /// The first word of the fence.
    var name: String { get }
    /// Raised whenever the same body comes to mean something else: results of before are then computed anew.
    var version: Int { get }
    /// The keys of the body.
    var schema: TableSchema { get }
    /// The files that a body names, as far as they are known before any cell runs. Their contents are part of the
    /// cell's key. Throws `InvalidInput` where one is missing.
    func inputs(_ body: CellBody) throws -> [String]
    /// Does the work. Throws ``CellInterrupted`` where somebody asked to stop, any other error where it failed.
    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult
}

/// The verbs that cells may use.
public struct CellVerbs: Sendable {
    private let verbs: [any CellVerb]

    /// A list of verbs, in the order in which messages name them.
    public init(_ verbs: [any CellVerb]) { self.verbs = verbs }

    /// Their names.
    public var names: [String] { verbs.map(\.name) }

    /// The verb of this name.
    public subscript(name: String) -> (any CellVerb)? { verbs.first { $0.name == name } }

    /// The keys of all bodies and of front matter, as Markdown.
    public var reference: String {
        let parts = verbs.map { verb in
            "## `\(verb.name)`\n\n\(verb.schema.summary)\n\n" + Self.rows(verb.schema)
        }
        let front = "# Notebooks\n\n## Front matter\n\nTOML between two lines `+++`.\n\n"
        return ([front + Self.rows(FrontMatter.schema)] + parts).joined(separator: "\n\n") + "\n"
    }

    private static func rows(_ schema: TableSchema) -> String {
        let rows = schema.fields.map { field in
            let standard = field.isRequired ? "required" : field.defaultText ?? ""
            return "| `\(field.name)` | \(field.kind.description) | \(standard) | \(field.summary) |"
        }
        return (["| key | value | default | |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}

/// Somebody asked a cell to stop; what it left can be taken up again.
public struct CellInterrupted: Error, Sendable {
    /// It stopped.
    public init() {}
}

/// What a cell finds when it runs.
public struct CellContext: Sendable {
    /// A folder of the cell's own. What an interrupted cell left there is there again.
    public var folder: String
    /// The results of the cells that this one needs, by id.
    public var needs: [String: CellResult]
    /// Where random numbers start.
    public var seed: UInt64
    /// Takes lines that people like to see.
    public var note: @Sendable (String) -> Void

    /// What a cell finds when it runs.
    public init(
        folder: String, needs: [String: CellResult], seed: UInt64, note: @escaping @Sendable (String) -> Void
    ) {
        (self.folder, self.needs, self.seed, self.note) = (folder, needs, seed, note)
    }

    /// The file of this role, where exactly one of the needed cells has one: a dataset, a model.
    public func neededFile(_ role: String) -> String? {
        let found = needs.values.compactMap { $0.files[role] }
        return found.count == 1 ? found.first : nil
    }
}
