import Foundation

/// A notebook as its page. Rendering belongs to the notebooks: it is handed in by whoever knows them.
struct NotebookView: Viewed {
    /// Makes one HTML page of a notebook file, without computing anything.
    typealias Renderer = @Sendable (_ path: String) throws -> String

    /// How notebooks become pages here; nil where this build has no notebooks.
    static let renderer: Renderer? = nil

    private let path: String
    private let renderer: Renderer

    /// Throws `ToolError` where there is no such file, or no renderer.
    init(_ path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ToolError("there is no file \(path)")
        }
        guard let renderer = Self.renderer else {
            throw ToolError("\(path): this build of hugoniot has no notebooks", advice: "install a newer one")
        }
        (self.path, self.renderer) = (path, renderer)
    }

    func description() throws -> ViewDescription {
        var view = ViewDescription(kind: .notebook, title: (path as NSString).lastPathComponent)
        view.isPage = true
        return view
    }

    func page() throws -> String { try renderer(path) }
}
