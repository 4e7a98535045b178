import CCMarkGFM

/// A block of code in a Markdown text.
struct CodeBlock {
    /// What stands behind the fence.
    var info: String
    /// Without its fences.
    var literal: String
    /// The first line, from 1: that of the fence.
    var line: Int
    /// The last line.
    var endLine: Int
    /// The column of the fence, from 1.
    var column: Int
    /// Whether it has fences, or is indented.
    var isFenced: Bool
    /// The marks of its fence.
    var fenceLength: Int
}

/// A parsed Markdown text, owned and freed here.
final class MarkdownTree {
    /// The root; valid as long as this object lives.
    let root: OpaquePointer
    private let parser: OpaquePointer
    private static let options =
        CMARK_OPT_FULL_INFO_STRING | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8

    /// Parses GitHub's Markdown: tables, strike-through, bare links, task lists, footnotes. Nil where memory is
    /// missing.
    init?(_ text: String) {
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = cmark_parser_new(Self.options) else { return nil }
        for name in ["table", "strikethrough", "autolink", "tasklist"] {
            if let found = cmark_find_syntax_extension(name) {
                cmark_parser_attach_syntax_extension(parser, found)
            }
        }
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else {
            cmark_parser_free(parser)
            return nil
        }
        (self.parser, self.root) = (parser, root)
    }

    deinit {
        cmark_node_free(root)
        cmark_parser_free(parser)
    }

    /// Calls `body` for every node when it is entered; nodes must not be removed meanwhile.
    func visit(_ body: (OpaquePointer) -> Void) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return }
            if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { body(node) }
        }
    }

    /// All nodes of a kind, in the order of the text.
    func nodes(_ kind: cmark_node_type) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        visit { if cmark_node_get_type($0) == kind { found.append($0) } }
        return found
    }

    /// The text as HTML. Raw HTML and links that could run scripts are left out by the library.
    func html() -> String {
        guard let text = cmark_render_html(root, Self.options, cmark_parser_get_syntax_extensions(parser))
        else { return "" }
        defer { free(text) }
        return String(cString: text)
    }

    /// All blocks of code.
    var codeBlocks: [CodeBlock] {
        nodes(CMARK_NODE_CODE_BLOCK).map { node in
            var (length, offset, mark): (Int32, Int32, CChar) = (0, 0, 0)
            let isFenced = cmark_node_get_fenced(node, &length, &offset, &mark) != 0
            return CodeBlock(
                info: cmark_node_get_fence_info(node).map { String(cString: $0) } ?? "",
                literal: cmark_node_get_literal(node).map { String(cString: $0) } ?? "",
                line: Int(cmark_node_get_start_line(node)), endLine: Int(cmark_node_get_end_line(node)),
                column: Int(cmark_node_get_start_column(node)), isFenced: isFenced, fenceLength: Int(length))
        }
    }
}
