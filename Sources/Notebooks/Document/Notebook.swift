import Schema

/// A notebook: prose, and cells that call verbs. A value; reading it runs nothing.
public struct Notebook: Sendable {
    /// The file, as messages name it.
    public let path: String
    /// The whole text.
    public let text: String
    /// What stands between the `+++` lines.
    public let frontMatter: FrontMatter
    /// The cells, in the order of the text.
    public let cells: [Cell]
    /// The values that prose shows, in the order of the text.
    public let proseReferences: [ValueReference]

    /// The cell of this id.
    public func cell(_ id: String) -> Cell? { cells.first { $0.id == id } }

    /// The folder that paths in cells start from.
    public var rootFolder: String { FilePath.absolute(FilePath.resolve(frontMatter.root, from: folder)) }

    /// The folder of the notebook.
    public var folder: String { FilePath.folder(of: path) }

    /// The lock file, which is kept under version control beside the notebook.
    public var lockPath: String { FilePath.withoutExtension(path) + ".lock" }
}

/// How long a check may take before it leaves something out.
public enum Tier: String, Sendable, CaseIterable {
    /// Seconds: in every test run.
    case quick
    /// Minutes and more.
    case long
}

/// A fenced cell: a verb and its TOML body.
public struct Cell: Sendable {
    /// The verb.
    public let verb: String
    /// The name under which prose and other cells read its values.
    public let id: String
    /// What stands behind the verb on the fence.
    public let fence: FenceInfo
    /// The TOML between the fences; its places are those of the notebook.
    public let body: Document
    /// The references in the body, in the order of the text.
    public let references: [ValueReference]
    /// The line of the opening fence, from 1.
    public let line: Int
    /// The line of the closing fence.
    public let endLine: Int

    /// The ids of the cells that have to be there first, each once, in the order of the text.
    public var dependencies: [String] {
        var seen: Set<String> = []
        return (fence.needs.map(\.id) + references.map(\.cell)).filter { seen.insert($0).inserted }
    }
}
