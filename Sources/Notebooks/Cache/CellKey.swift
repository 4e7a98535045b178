import Schema

/// What the key of a cell is made of; part by part, so that a change can be explained.
public struct CellKey: Sendable, Equatable {
    /// One part: `verb`, `body.epochs`, `needs.data`, `file.Cases/sod.toml`, `seed`.
    public struct Part: Sendable, Equatable, Codable {
        /// Its name.
        public var name: String
        /// Its value, or a digest of it.
        public var value: String
    }

    /// In the order of their names.
    public let parts: [Part]
    /// SHA-256 of all parts: what was asked for. The same on every machine.
    public let text: String

    init(_ parts: [Part]) {
        self.parts = parts.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        text = Digest.sha256(self.parts.map { "\($0.name)=\($0.value)\n" }.joined())
    }

    /// The name of the result in the store: the key, and the build that computed it.
    public func address(build: String) -> String { Digest.sha256("\(text)\nbuild=\(build)\n") }

    /// What differs from other parts: name, old and new value; nil where a part is missing.
    public static func changes(from old: [Part], to new: [Part]) -> [(
        name: String, old: String?, new: String?
    )] {
        let before = Dictionary(old.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }.map {
            (name: $0, old: before[$0], new: after[$0])
        }
    }
}

/// What results depend on besides the notebook.
public struct NotebookEnvironment: Sendable {
    /// The version of the tool, for people.
    public var tool: String
    /// The very program: results of another build are not taken from the store.
    public var build: String
    /// What computes: `cpu`.
    public var backend: String
    /// The precision that everything is computed in, where something overrides the files; else `as the files say`.
    public var precision: String

    /// An environment.
    public init(
        tool: String, build: String, backend: String = "cpu", precision: String = "as the files say"
    ) {
        (self.tool, self.build, self.backend, self.precision) = (tool, build, backend, precision)
    }
}

/// Computes the keys of all cells. Nothing runs; files are read, their times are not.
public struct KeyMaker {
    private let notebook: Notebook
    private let verbs: CellVerbs
    private let environment: NotebookEnvironment
    private var fileDigests: [String: String] = [:]

    /// The keys by cell.
    ///
    /// - Throws: `InvalidInput` where files are missing.
    public static func keys(
        of notebook: Notebook, verbs: CellVerbs, environment: NotebookEnvironment
    ) throws -> [String: CellKey] {
        var maker = KeyMaker(notebook: notebook, verbs: verbs, environment: environment)
        var keys: [String: CellKey] = [:]
        var problems: [Diagnostic] = []
        for id in CellGraph(notebook).order {
            guard let cell = notebook.cell(id) else { continue }
            do {
                keys[id] = try maker.key(of: cell, keys)
            } catch let error as InvalidInput {
                problems += error.diagnostics
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return keys
    }

    private init(notebook: Notebook, verbs: CellVerbs, environment: NotebookEnvironment) {
        (self.notebook, self.verbs, self.environment) = (notebook, verbs, environment)
    }

    private mutating func key(of cell: Cell, _ keys: [String: CellKey]) throws -> CellKey {
        guard let verb = verbs[cell.verb] else { return CellKey([]) }
        var parts = [
            CellKey.Part(name: "verb", value: cell.verb), .init(name: "schema", value: "\(verb.version)"),
            .init(name: "seed", value: "\(notebook.frontMatter.seed)"),
            .init(name: "backend", value: environment.backend),
            .init(name: "precision", value: environment.precision),
        ]
        parts += CellBody.leaves(of: cell.body).map { .init(name: "body.\($0.name)", value: $0.value) }
        parts += cell.dependencies.map { .init(name: "needs.\($0)", value: keys[$0]?.text ?? "") }
        let root = notebook.rootFolder
        for path in try verb.inputs(CellBody(cell.body, root: root)) {
            // Where a notebook lies on a machine is no part of what it asks for.
            let name =
                path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : FilePath.name(of: path)
            parts.append(.init(name: "file.\(name)", value: try digest(of: path, cell)))
        }
        return CellKey(parts)
    }

    private mutating func digest(of path: String, _ cell: Cell) throws -> String {
        if let known = fileDigests[path] { return known }
        do {
            let digest = try Digest.sha256(ofFile: path)
            fileDigests[path] = digest
            return digest
        } catch {
            throw InvalidInput(
                Diagnostic(
                    at: cell.fence.verb.place, message: "the file \(path) cannot be read",
                    hint: "check that it exists and its permissions"))
        }
    }
}
