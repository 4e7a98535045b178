import CCMarkGFM
import Foundation
import Schema

/// A notebook as one HTML file that needs nothing besides: no script, no font, no network. While it is served it has a
/// script that follows the file.
public struct NotebookPage {
    /// The page.
    public private(set) var html = ""
    /// What could not be shown as it was meant.
    public private(set) var problems: [Diagnostic] = []

    private let notebook: Notebook
    private let views: [String: CellView]
    private let footer: PageFooter
    private var fragments: [String] = []
    private var images: EmbeddedImages
    private var figures = FigureBook()
    private let math = MathRenderer()
    private let script: String?

    /// What a page on its own may load.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    /// What a served page may load besides: the script and what that asks for.
    public static let livePolicy = policy + "; script-src 'self'; connect-src 'self'"

    /// Renders a notebook. The same notebook and results give the same bytes.
    ///
    /// - Parameter script: The address of a script for a page that is served; nil: none.
    public init(
        _ notebook: Notebook, views: [String: CellView], footer: PageFooter, script: String? = nil
    ) {
        self.script = script
        (self.notebook, self.views, self.footer) = (notebook, views, footer)
        images = EmbeddedImages(folder: notebook.folder)
        render()
    }

    private mutating func render() {
        guard let source = try? SourceText(text: notebook.text, path: notebook.path),
            let plain = MarkdownTree(source.markdown)
        else { return }
        let text = tokenised(source, plain.codeBlocks)
        guard let tree = MarkdownTree(text) else { return }
        escapeRawHTML(tree)
        placeImages(tree)
        placeCells(tree, source)
        let body = replacingTokens(in: Self.wrappingTables(tree.html()))
        html = page(body)
    }

    private func page(_ body: String) -> String {
        let title = HTML.escaped(notebook.frontMatter.title)
        let styles = ([PageStyle.css] + images.styles).joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(script == nil ? Self.policy : Self.livePolicy)">
            <title>\(title)</title>
            <style>
            \(styles)
            </style>\(script.map { "\n<script src=\"\($0)\" defer></script>" } ?? "")
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(body)\(footer.html(notebook, views))
            </main>
            </body>
            </html>

            """
    }

    /// Wide tables scroll on their own.
    private static func wrappingTables(_ html: String) -> String {
        html.replacing("<table>", with: "<div class=\"wide\"><table>").replacing(
            "</table>", with: "</table></div>")
    }
}

// MARK: Tokens

// Formulas, values, pictures and cells are not Markdown. While Markdown is rendered, tokens of private characters stand
// for them.
extension NotebookPage {
    private mutating func token(_ html: String) -> String {
        fragments.append(html)
        return "\u{E000}\(fragments.count - 1)\u{E001}"
    }

    private func replacingTokens(in html: String) -> String {
        var result = ""
        for piece in html.split(separator: "\u{E000}", omittingEmptySubsequences: false) {
            guard let end = piece.firstIndex(of: "\u{E001}"), let index = Int(piece[..<end]),
                fragments.indices.contains(index)
            else {
                result += piece
                continue
            }
            result += fragments[index]
            result += piece[piece.index(after: end)...]
        }
        return result.replacing("<p><section", with: "<section").replacing(
            "</section></p>", with: "</section>")
    }

    private mutating func tokenised(_ source: SourceText, _ code: [CodeBlock]) -> String {
        let private_ = { (text: String) in
            text.replacing("\u{E000}", with: "\u{FFFD}").replacing("\u{E001}", with: "\u{FFFD}")
        }
        var lines = source.lines.map(private_)
        let first = source.frontMatterEnd + 1
        for index in 0..<first { lines[index] = "" }
        let chunks = ProseChunk.chunks(of: lines, from: first, code: code, file: source.path)
        var texts: [(range: Range<Int>, text: String)] = []
        for chunk in chunks {
            var tokens: [String] = chunk.marks().map { self.token(markup(of: $0)) }.reversed()
            let text = chunk.replacing { _ in tokens.popLast() ?? "" }
            let count = chunk.scalars.count { $0 == "\n" } + 1
            texts.append((chunk.line - 1..<chunk.line - 1 + count, text))
        }
        for (range, text) in texts.reversed() { lines.replaceSubrange(range, with: [text]) }
        return lines.joined(separator: "\n")
    }

    private mutating func markup(of mark: ProseMark) -> String {
        switch mark.kind {
        case .unclosedValue: return "{{"
        case .formula(let tex, let isDisplayed):
            do throws(MathRenderer.Problem) {
                return try math.mathML(tex, isDisplayed: isDisplayed)
            } catch {
                problems.append(
                    Diagnostic(at: mark.place, message: "the formula cannot be shown: \(error.text)"))
                return "<code>\(HTML.escaped(tex))</code>"
            }
        case .value(let text):
            let results = views.compactMapValues { $0.entry?.result }
            do throws(InvalidInput) {
                let reference = try ValueReference(text, at: mark.place)
                let value = try reference.value(in: results).text(reference.format)
                return "<span class=\"value\">\(HTML.escaped(value))</span>"
            } catch {
                problems += error.diagnostics
                return "<span class=\"missing\">\(HTML.escaped(text))</span>"
            }
        }
    }
}

// MARK: The tree

extension NotebookPage {
    /// What looks like HTML is shown as it was written.
    private func escapeRawHTML(_ tree: MarkdownTree) {
        for node in tree.nodes(CMARK_NODE_HTML_INLINE) {
            replace(node, by: CMARK_NODE_TEXT, literal: literal(of: node))
        }
        for node in tree.nodes(CMARK_NODE_HTML_BLOCK) { replaceBlock(node, by: literal(of: node)) }
    }

    private mutating func placeImages(_ tree: MarkdownTree) {
        for node in tree.nodes(CMARK_NODE_IMAGE) {
            let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
            var alternative = ""
            var child = cmark_node_first_child(node)
            while let inner = child {
                alternative += literal(of: inner)
                child = cmark_node_next(inner)
            }
            let (html, problem) = images.markup(address, alternative: replacingTokens(in: alternative))
            if let problem {
                let line = Int(cmark_node_get_start_line(node))
                problems.append(Diagnostic(at: Place(file: notebook.path, line: line), message: problem))
            }
            replace(node, by: CMARK_NODE_TEXT, literal: token(html))
        }
    }

    private mutating func placeCells(_ tree: MarkdownTree, _ source: SourceText) {
        var waiting = notebook.cells[...]
        for node in tree.nodes(CMARK_NODE_CODE_BLOCK) {
            let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
            guard let cell = waiting.first, info.split(separator: " ").first.map(String.init) == cell.verb,
                info.contains("id=\(cell.id)")
            else { continue }
            waiting.removeFirst()
            let source = source.lines[cell.line - 1..<min(cell.endLine, source.lines.count)].joined(
                separator: "\n")
            let view = views[cell.id] ?? CellView(entry: nil, warning: "Not computed yet.")
            let markup = CellMarkup(cell: cell, view: view, source: source).html(figures: &figures)
            replaceBlock(node, by: token(markup))
        }
    }

    private func literal(of node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private func replaceBlock(_ node: OpaquePointer, by text: String) {
        guard let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH),
            let child = cmark_node_new(CMARK_NODE_TEXT)
        else { return }
        cmark_node_set_literal(child, text)
        cmark_node_append_child(paragraph, child)
        if cmark_node_replace(node, paragraph) != 0 { cmark_node_free(node) }
    }

    private func replace(_ node: OpaquePointer, by kind: cmark_node_type, literal: String) {
        guard let new = cmark_node_new(kind) else { return }
        cmark_node_set_literal(new, literal)
        if cmark_node_replace(node, new) != 0 { cmark_node_free(node) }
    }
}
