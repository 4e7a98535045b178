import Foundation

/// What a page shows of a cell.
public struct CellView: Sendable {
    /// What is in the store, if anything.
    public var entry: Store.Entry?
    /// Why readers should not rely on it; nil where they may.
    public var warning: String?

    /// What a page shows of a cell.
    public init(entry: Store.Entry?, warning: String?) { (self.entry, self.warning) = (entry, warning) }

    /// What the store has for every cell of a notebook; nothing is computed.
    ///
    /// The result of the same question by the same build comes first, then that of another build, then what was
    /// accepted before the question changed.
    public static func views(
        of notebook: Notebook, keys: [String: CellKey], store: Store, environment: NotebookEnvironment,
        lock: LockFile
    ) -> [String: CellView] {
        let entries = store.entries().map(\.entry)
        var views: [String: CellView] = [:]
        for cell in notebook.cells {
            guard let key = keys[cell.id] else { continue }
            if let entry = store.entry(key.address(build: environment.build)) {
                views[cell.id] = CellView(entry: entry, warning: nil)
            } else if let entry = entries.first(where: { $0.key == key.text }) {
                views[cell.id] = CellView(
                    entry: entry, warning: "Computed by another build of the tool (\(entry.tool)).")
            } else if let accepted = lock.cells[cell.id],
                let entry = entries.first(where: { $0.key == accepted.key })
            {
                let changes = CellKey.changes(from: accepted.parts, to: key.parts).map(\.name)
                views[cell.id] = CellView(
                    entry: entry,
                    warning: "Stale: changed since this was computed: \(changes.joined(separator: ", ")).")
            } else {
                views[cell.id] = CellView(entry: nil, warning: "Not computed yet.")
            }
        }
        return views
    }
}

/// A cell as HTML.
struct CellMarkup {
    let cell: Cell
    let view: CellView
    /// The text between the fences.
    let source: String

    /// The cell with its figures, tables and values.
    func html(figures: inout FigureBook) -> String {
        var parts = ["<section class=\"cell\(isQuiet ? " quiet" : "")\" id=\"cell-\(cell.id)\">", heading]
        if let warning = view.warning {
            parts.append("<p class=\"banner\" role=\"note\">\(HTML.escaped(warning))</p>")
        }
        if let result = view.entry?.result {
            parts += result.figures.map { figures.html($0, of: result, cell: cell.id) }
            parts += result.tables.map(table)
            if !result.values.isEmpty { parts.append(values(result)) }
        }
        parts.append(
            "<details><summary>source</summary><pre><code>\(HTML.escaped(source))</code></pre></details>")
        return (parts + ["</section>"]).joined(separator: "\n")
    }

    /// Whether there is nothing to look at but values: such a cell takes one line.
    private var isQuiet: Bool {
        guard view.warning == nil, let result = view.entry?.result else { return false }
        return result.figures.isEmpty && result.tables.isEmpty
    }

    private var heading: String {
        let time = view.entry.map { " · " + Self.duration($0.seconds) } ?? ""
        return "<p class=\"label\"><span class=\"verb\">\(cell.verb)</span> \(cell.id)\(time)</p>"
    }

    private static func duration(_ seconds: Double) -> String {
        seconds < 60 ? String(format: "%.2g s", seconds) : String(format: "%.1f min", seconds / 60)
    }

    private func table(_ table: CellTable) -> String {
        let head = table.columns.map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }.joined()
        let rows = table.rows.map { row in
            "<tr>"
                + row.map { value in
                    let kind = value?.number == nil ? "" : " class=\"number\""
                    return "<td\(kind)>\(HTML.escaped(value?.text(nil) ?? ""))</td>"
                }.joined() + "</tr>"
        }
        let caption = table.caption.isEmpty ? "" : "<caption>\(HTML.escaped(table.caption))</caption>"
        return "<div class=\"wide\"><table>\(caption)<thead><tr>\(head)</tr></thead><tbody>"
            + rows.joined(separator: "\n") + "</tbody></table></div>"
    }

    private func values(_ result: CellResult) -> String {
        let rows = result.values.map {
            "<dt>\(HTML.escaped($0.name))</dt><dd>\(HTML.escaped($0.value.text(nil)))</dd>"
        }
        return
            "<details><summary>\(result.values.count == 1 ? "1 value" : "\(result.values.count) values")</summary>"
            + "<dl>\(rows.joined())</dl></details>"
    }
}

/// The figures of a page, each with its bytes only once.
struct FigureBook {
    private var seen: [String: (prefix: String, markup: String)] = [:]

    init() {}

    mutating func html(_ figure: CellFigure, of result: CellResult, cell: String) -> String {
        let alternative = figure.alternative
        guard let path = result.files[figure.file], let data = FileManager.default.contents(atPath: path)
        else {
            return "<p class=\"banner\" role=\"note\">The figure is no longer in the store.</p>"
        }
        let drawing: String
        if let first = seen[path] {
            drawing = InlineFigure.repetition(
                of: first.prefix, markup: first.markup, alternative: alternative)
        } else {
            let prefix = "figure-\(cell)-\(seen.count + 1)"
            let svg = String(decoding: data, as: UTF8.self)
            guard let markup = InlineFigure.markup(svg, prefix: prefix, alternative: alternative) else {
                return "<p class=\"banner\" role=\"note\">The figure is not SVG.</p>"
            }
            seen[path] = (prefix, String(markup.prefix(while: { $0 != ">" })))
            drawing = markup
        }
        let caption = figure.caption.isEmpty ? "" : "<figcaption>\(HTML.escaped(figure.caption))</figcaption>"
        return "<figure>\(drawing)\(caption)</figure>"
    }
}
