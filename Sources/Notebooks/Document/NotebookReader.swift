import Schema

/// Reads notebooks; every mistake is collected.
public struct NotebookReader {
    /// More than anybody reads, and few enough to compare each with all others.
    private static let mostBlocks = 1000

    private let source: SourceText
    private let verbs: CellVerbs
    private var diagnostics: [Diagnostic] = []

    /// Reads a file.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong: front matter, fences, bodies, unknown and duplicate
    ///   ids, cycles.
    public static func read(path: String, verbs: CellVerbs) throws(InvalidInput) -> Notebook {
        try read(SourceText(path: path), verbs: verbs)
    }

    /// Reads a text; `path` is the name that messages give to it, and its folder is where paths start.
    public static func read(text: String, path: String, verbs: CellVerbs) throws(InvalidInput) -> Notebook {
        try read(SourceText(text: text, path: path), verbs: verbs)
    }

    private static func read(_ source: SourceText, verbs: CellVerbs) throws(InvalidInput) -> Notebook {
        var reader = NotebookReader(source: source, verbs: verbs)
        return try reader.notebook()
    }

    private init(source: SourceText, verbs: CellVerbs) {
        (self.source, self.verbs) = (source, verbs)
    }

    private mutating func notebook() throws(InvalidInput) -> Notebook {
        var frontMatter: FrontMatter?
        do throws(InvalidInput) {
            frontMatter = try source.frontMatter()
        } catch {
            diagnostics += error.diagnostics
        }
        guard let tree = MarkdownTree(source.markdown) else {
            throw InvalidInput(
                Diagnostic(at: Place(file: source.path), message: "there is no memory to read it"))
        }
        let blocks = tree.codeBlocks
        guard blocks.count <= Self.mostBlocks else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: source.path, line: blocks[Self.mostBlocks].line, column: 1),
                    message:
                        "a notebook has at most \(Self.mostBlocks) cells and blocks of code; this one has "
                        + "\(blocks.count)", hint: "make several notebooks of it"))
        }
        let cells = blocks.compactMap { cell($0) }
        let references = proseReferences(code: blocks)
        diagnostics += CellGraph.problems(cells: cells, prose: references)
        guard let frontMatter, diagnostics.isEmpty else { throw InvalidInput(diagnostics) }
        return Notebook(
            path: source.path, text: source.text, frontMatter: frontMatter, cells: cells,
            proseReferences: references)
    }

    /// The cell of a block of code; nil where it is plain code, or nothing can be made of it.
    private mutating func cell(_ block: CodeBlock) -> Cell? {
        guard block.isFenced, let info = fence(of: block) else { return nil }
        let isCell = verbs.names.contains(info.verb.id) || block.info.contains("id=")
        guard isCell else { return nil }
        var problems: [Diagnostic] = []
        if block.column != 1 {
            problems.append(
                Diagnostic(
                    at: info.verb.place, message: "a cell begins at the start of a line",
                    hint: "take it out of the list or quotation"))
        }
        guard let verb = verbs[info.verb.id] else {
            diagnostics.append(unknownVerb(info))
            return nil
        }
        guard let id = info.id else {
            // An id that is none has been reported.
            guard !block.info.contains("id=") else { return nil }
            diagnostics.append(
                Diagnostic(
                    at: info.verb.place, message: "a cell needs an id",
                    hint: "write ```\(verb.name) id=NAME; other languages of code blocks need none"))
            return nil
        }
        if !isClosed(block) {
            problems.append(
                Diagnostic(
                    at: Place(file: source.path, line: block.line, column: 1),
                    message: "the cell \"\(id.id)\" does not end", hint: "close it with a line ```"))
        }
        guard problems.isEmpty, let body = body(of: block, verb: verb, at: info.verb.place)
        else {
            diagnostics += problems
            return nil
        }
        let references = self.references(in: body)
        return Cell(
            verb: verb.name, id: id.id, fence: info, body: body, references: references, line: block.line,
            endLine: block.endLine)
    }

    private mutating func fence(of block: CodeBlock) -> FenceInfo? {
        let line = source.lines[block.line - 1]
        let marks = line.unicodeScalars.prefix { $0 != "`" && $0 != "~" }.count
        let rest = line.unicodeScalars.dropFirst(marks)
        let fence = rest.prefix { $0 == rest.first }.count
        let text = String(String.UnicodeScalarView(rest.dropFirst(fence)))
        var reader = FenceReader(file: source.path, line: block.line, column: marks + fence + 1)
        guard let info = reader.read(text) else { return nil }
        // Other languages may have words of their own behind their name.
        if verbs.names.contains(info.verb.id) || info.id != nil { diagnostics += reader.diagnostics }
        return info
    }

    private func isClosed(_ block: CodeBlock) -> Bool {
        guard block.endLine > block.line, block.endLine <= source.lines.count else { return false }
        let last = source.lines[block.endLine - 1].trimmingBlanks
        return last.count >= block.fenceLength
            && (last.allSatisfy { $0 == "`" } || last.allSatisfy { $0 == "~" })
    }

    private func unknownVerb(_ info: FenceInfo) -> Diagnostic {
        let guess = Spelling.closest(to: info.verb.id, among: verbs.names)
        return Diagnostic(
            at: info.verb.place, message: "there is no verb \"\(info.verb.id)\"",
            allowed: verbs.names.joined(separator: ", "), hint: guess.map { "did you mean \"\($0)\"?" })
    }

    /// Empty lines before the body make the places in it those of the notebook.
    private mutating func body(of block: CodeBlock, verb: any CellVerb, at place: Place) -> Document? {
        do throws(InvalidInput) {
            let text = String(repeating: "\n", count: block.line) + block.literal
            let document = try Document(text: text, file: source.path)
            let problems = CellBody.problems(of: document, schema: verb.schema).map { problem in
                var problem = problem
                // What is missing has no place in the body.
                if problem.line == 1 { problem.place = place }
                return problem
            }
            diagnostics += problems
            return problems.isEmpty ? document : nil
        } catch {
            diagnostics += error.diagnostics
            return nil
        }
    }

    private mutating func references(in body: Document) -> [ValueReference] {
        var found: [ValueReference] = []
        for (node, text) in CellBody.strings(of: body.root) {
            do throws(InvalidInput) {
                let place = node.contentPlace ?? node.valuePlace
                let isExact = node.contentPlace != nil
                found += try ValueReference.all(in: text, at: place, isExact: isExact).map(\.reference)
            } catch {
                diagnostics += error.diagnostics
            }
        }
        return found
    }

    private mutating func proseReferences(code: [CodeBlock]) -> [ValueReference] {
        var found: [ValueReference] = []
        let first = source.frontMatterEnd + 1
        for chunk in ProseChunk.chunks(of: source.lines, from: first, code: code, file: source.path) {
            for mark in chunk.marks() {
                do throws(InvalidInput) {
                    switch mark.kind {
                    case .value(let text): found.append(try ValueReference(text, at: mark.place))
                    case .unclosedValue:
                        throw InvalidInput(
                            Diagnostic(
                                at: mark.place, message: "{{ without }} on the same line",
                                hint: "close it, or put it in backticks where braces are meant literally"))
                    case .formula: break
                    }
                } catch {
                    diagnostics += error.diagnostics
                }
            }
        }
        return found
    }
}
