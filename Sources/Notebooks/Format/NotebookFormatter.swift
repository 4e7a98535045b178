import Schema

/// Brings front matter, fences and bodies into one form; prose stays as it is. Formatting twice is formatting once.
public enum NotebookFormatter {
    /// The formatted text. Throws `InvalidInput` where the notebook cannot be read.
    public static func format(path: String, verbs: CellVerbs) throws(InvalidInput) -> (
        old: String, new: String
    ) {
        let notebook = try NotebookReader.read(path: path, verbs: verbs)
        let source = try SourceText(text: notebook.text, path: path)
        var lines = ["+++"] + body(Array(source.lines[1..<source.frontMatterEnd])) + ["+++", ""]
        var position = source.frontMatterEnd + 1
        for cell in notebook.cells {
            append(Array(source.lines[position..<cell.line - 1]), to: &lines)
            if lines.last != "" { lines.append("") }
            let inner = Array(source.lines[cell.line..<cell.endLine - 1])
            let fence = String(source.lines[cell.line - 1].trimmingBlanks.prefix { $0 == "`" || $0 == "~" })
            lines += [fence + cell.fence.normalised] + body(inner) + [fence, ""]
            position = cell.endLine
        }
        append(Array(source.lines[position...]), to: &lines)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return (notebook.text, lines.joined(separator: "\n") + "\n")
    }

    /// Prose, without empty lines where it meets a cell that has its own.
    private static func append(_ prose: [String], to lines: inout [String]) {
        let start = prose.firstIndex { !$0.trimmingBlanks.isEmpty } ?? prose.endIndex
        let end = prose.lastIndex { !$0.trimmingBlanks.isEmpty }.map { $0 + 1 } ?? start
        lines += prose[start..<max(start, end)]
    }

    /// TOML lines with one blank on both sides of `=`, without blanks at their ends and empty lines around them; as they
    /// were where that would change what they say.
    private static func body(_ lines: [String]) -> [String] {
        let tidied = trimmed(lines.map(tidy))
        return leaves(tidied) == leaves(lines) ? tidied : lines
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        let start = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
        let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? start
        return Array(lines[start..<max(start, end)])
    }

    private static func tidy(_ line: String) -> String {
        let text = line.trimmingEnd
        guard let equals = text.firstIndex(of: "=") else { return text }
        let key = text[..<equals].trimmingBlanks
        let isKey = !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || "_-.\"".contains($0) }
        return isKey ? "\(key) = \(text[text.index(after: equals)...].trimmingBlanks)" : text
    }

    private static func leaves(_ lines: [String]) -> [String]? {
        guard let document = try? Document(text: lines.joined(separator: "\n"), file: "") else { return nil }
        return CellBody.leaves(of: document).map { "\($0.name)=\($0.value)" }
    }
}
