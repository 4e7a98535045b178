import Foundation
import Notebooks

/// Makes one HTML file of a notebook. Computes nothing: `run` does.
public struct NotebookRenderVerb: Verb {
    /// The notebook.
    public var path: String
    /// The page; nil: beside the notebook.
    public var output: String?
    /// The store; nil: the standard one.
    public var store: String?
    /// Refuses results that are stale or missing.
    public var isStrict: Bool
    /// Replaces an existing file.
    public var overwrite: Bool

    /// A page as the command line describes it.
    public init(
        path: String, output: String? = nil, store: String? = nil, isStrict: Bool = false,
        overwrite: Bool = false
    ) {
        (self.path, self.output, self.store) = (path, output, store)
        (self.isStrict, self.overwrite) = (isStrict, overwrite)
    }

    /// Writes the page.
    public func perform(on console: Console) throws -> NotebookRenderReport {
        let output = output ?? path.withoutEnding + ".html"
        try Output(output, .page, from: [path]).check(overwrite: overwrite)
        let place = try NotebookPlace(path, store: store)
        let page = try Self.page(of: place)
        let stale = page.stale
        var report = NotebookRenderReport(
            output: output, stale: stale,
            problems: page.page.problems.map(\.description))
        if isStrict, !stale.isEmpty || !report.problems.isEmpty {
            report.status = .stale
            return report
        }
        try AtomicOutput.write(page.page.html, to: report.output)
        report.isWritten = true
        return report
    }

    /// The page of a notebook, and the cells whose results are stale or missing.
    ///
    /// - Parameter script: The address of a script for a page that is served.
    static func page(
        of place: NotebookPlace, script: String? = nil
    ) throws -> (page: NotebookPage, stale: [String]) {
        let keys = try place.keys()
        let views = CellView.views(
            of: place.notebook, keys: keys, store: place.store, environment: ToolBuild.environment,
            lock: place.lock)
        let accepted = Set(keys.filter { place.lock.cells[$0.key]?.key == $0.value.text }.keys)
        let page = NotebookPage(
            place.notebook, views: views, footer: PageFooter(tool: ToolVersion.current, accepted: accepted),
            script: script)
        return (page, place.notebook.cells.map(\.id).filter { views[$0]?.warning != nil })
    }
}

/// What was rendered.
public struct NotebookRenderReport: VerbReport {
    /// The page.
    public var output: String
    /// Cells whose results are stale or missing.
    public var stale: [String]
    /// What could not be shown as it was meant.
    public var problems: [String]
    /// Whether the page was written.
    public var isWritten = false
    /// How it ended.
    public var status = ExitStatus.done

    private enum CodingKeys: String, CodingKey {
        case output, stale, problems
        case isWritten = "written"
    }

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { status != .done }

    /// The page, and what is wrong with it.
    public func text(on terminal: Terminal) -> String {
        var lines = problems
        if !stale.isEmpty {
            lines.append(
                "stale or not computed: \(stale.joined(separator: ", ")); compute them with hugoniot notebook run"
            )
        }
        return (lines + [isWritten ? "written: \(output)" : "nothing was written"]).joined(separator: "\n")
    }
}
