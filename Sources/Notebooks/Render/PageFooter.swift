import Foundation

/// Where the numbers of a page come from.
public struct PageFooter: Sendable {
    /// The version of the tool that rendered.
    public var tool: String
    /// Cells whose question is the accepted one.
    public var accepted: Set<String>

    /// A footer.
    public init(tool: String, accepted: Set<String>) { (self.tool, self.accepted) = (tool, accepted) }

    /// The footer of a page, with the keys of all cells. No date: the same results give the same page.
    func html(_ notebook: Notebook, _ views: [String: CellView]) -> String {
        let rows = notebook.cells.map { cell in
            let entry = views[cell.id]?.entry
            let key = entry.map { String($0.key.prefix(12)) } ?? "–"
            return "<tr><td><a href=\"#cell-\(cell.id)\">\(cell.id)</a></td><td>\(cell.verb)</td>"
                + "<td><code>\(key)</code></td><td>\(HTML.escaped(entry?.tool ?? "–"))</td>"
                + "<td>\(accepted.contains(cell.id) ? "yes" : "no")</td></tr>"
        }
        let name = HTML.escaped(FilePath.name(of: notebook.path))
        let digest = Digest.sha256(notebook.text).prefix(12)
        return """
            <footer>
            <p>Rendered from <code>\(name)</code> (SHA-256 <code>\(digest)</code>) by hugoniot \(HTML.escaped(tool)); \
            seed \(notebook.frontMatter.seed).</p>
            <details><summary>Where the numbers come from</summary>
            <div class="wide"><table><thead><tr><th>cell</th><th>verb</th><th>key</th><th>version</th>\
            <th>accepted</th></tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div></details>
            </footer>
            """
    }
}
