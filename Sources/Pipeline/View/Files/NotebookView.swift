import Foundation

/// A notebook as its page, with the results that are in its store; nothing is computed.
struct NotebookView: Viewed {
    private let path: String

    /// Reads a notebook. Throws `InvalidInput` with everything that is wrong in it.
    init(_ path: String) throws {
        self.path = path
        _ = try NotebookPlace(path, store: nil)
    }

    func description() throws -> ViewDescription {
        var view = ViewDescription(kind: .notebook, title: (path as NSString).lastPathComponent)
        view.isPage = true
        let stale = try NotebookRenderVerb.page(of: try NotebookPlace(path, store: nil)).stale
        if !stale.isEmpty {
            view.note =
                "Stale or not computed: \(stale.joined(separator: ", ")). Compute them: hugoniot notebook run \(path)"
        }
        return view
    }

    func page() throws -> String {
        try NotebookRenderVerb.page(of: try NotebookPlace(path, store: nil)).page.html
    }
}
