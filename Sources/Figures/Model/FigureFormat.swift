/// The file formats that a figure can be drawn in.
public enum FigureFormat: String, Sendable, CaseIterable {
    /// Scalable vector graphics, for web pages; text is outlines and needs no fonts.
    case svg
    /// A picture of pixels.
    case png
    /// Portable document format, for papers.
    case pdf

    /// The format that the extension of `path` names, in small or capital letters.
    /// - Throws: ``FigureError/unknownExtension(path:)``.
    public init(path: String) throws(FigureError) {
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, let format = Self(rawValue: last.lowercased())
        else { throw .unknownExtension(path: path) }
        self = format
    }
}
