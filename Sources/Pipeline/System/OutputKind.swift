/// What a verb writes, as the endings of names tell it.
public enum OutputKind: String, CaseIterable, Sendable {
    /// Run files, datasets, predictions, geometries, results of calibrations.
    case data
    /// Weights and description of a trained model.
    case model
    /// A network that other programs run.
    case network
    /// A figure.
    case picture
    /// A figure that moves.
    case film
    /// A rendered notebook.
    case page
    /// Text in Markdown.
    case markdown
    /// A report for other programs.
    case report

    /// The endings of its names; the first one is proposed.
    var endings: [String] {
        switch self {
        case .data: ["h5", "hdf5"]
        case .model: ["safetensors"]
        case .network: ["onnx"]
        case .picture: ["png", "svg", "pdf"]
        case .film: ["mp4", "webm", "png", "apng"]
        case .page: ["html", "htm"]
        case .markdown: ["md", "markdown", "txt"]
        case .report: ["xml"]
        }
    }

    /// Endings of files that are read and not written.
    private static let readOnly = [
        "toml", "csv", "npy", "npz", "pt", "stl", "obj", "dat", "lock", "checkpoint", "xdmf", "sqlite",
        "jsonl",
    ]

    /// Throws `ToolError` for a name whose ending belongs to files of another kind. Other endings, and none, are anybody's.
    func check(_ path: String) throws {
        guard let ending = Self.ending(of: path), !endings.contains(ending) else { return }
        let others = Self.allCases.flatMap(\.endings) + Self.readOnly
        guard others.contains(ending) else { return }
        let stem = String(path.dropLast(ending.count + 1))
        throw ToolError(
            "\(path) ends in .\(ending), as files of another kind do; allowed: .\(endings.joined(separator: ", ."))",
            advice: "name it \(stem).\(endings[0])")
    }

    private static func ending(of path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        return name[name.index(after: dot)...].lowercased()
    }
}
