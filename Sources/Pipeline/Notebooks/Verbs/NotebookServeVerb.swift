import Foundation
import Notebooks

/// Serves a notebook while it is written: what is saved is computed and shown, and the page stays where it is.
public struct NotebookServeVerb: Verb {
    /// The notebook.
    public var path: String
    /// How changed cells run.
    public var options: NotebookRunner.Options
    /// The store; nil: the standard one.
    public var store: String?
    /// Whether cells are computed; else the page shows what the store has.
    public var computes: Bool
    /// Where the page is served; 0: where the system finds room.
    public var port: UInt16
    /// Whether a browser is opened, where there is a display.
    public var opensBrowser: Bool

    /// A page as the command line describes it.
    public init(
        path: String, options: NotebookRunner.Options = NotebookRunner.Options(), store: String? = nil,
        computes: Bool = true, port: UInt16 = 0, opensBrowser: Bool = true
    ) {
        (self.path, self.options, self.store) = (path, options, store)
        (self.computes, self.port, self.opensBrowser) = (computes, port, opensBrowser)
    }

    /// Serves until Ctrl-C. Throws `InvalidInput` for a notebook that is wrong from the start, `ToolError` for a port that
    /// is taken.
    public func perform(on console: Console) throws -> ViewReport {
        let live = try LiveNotebook(path, store: store)
        let status = try console.serve(live.routes, of: [path], port: port, opensBrowser: opensBrowser) {
            live.tick(computes ? options : nil, console)
        }
        return ViewReport(status: status)
    }
}
