import Notebooks

/// Shows which cell needs which.
public struct NotebookGraphVerb: Verb {
    /// The notebook.
    public var path: String
    /// Whether the answer is a picture's source for Graphviz.
    public var isDot: Bool

    /// A question as the command line puts it.
    public init(path: String, isDot: Bool = false) { (self.path, self.isDot) = (path, isDot) }

    /// Reads the notebook; nothing runs.
    public func perform(on console: Console) throws -> NotebookGraphReport {
        let notebook = try NotebookReader.read(path: path, verbs: NotebookVerbs.all)
        let graph = CellGraph(notebook)
        let cells = graph.order.compactMap { id in
            notebook.cell(id).map {
                NotebookGraphReport.CellRow(id: id, verb: $0.verb, line: $0.line, needs: $0.dependencies)
            }
        }
        return NotebookGraphReport(cells: cells, dot: isDot ? graph.dot(notebook) : nil)
    }
}

/// Which cell needs which.
public struct NotebookGraphReport: VerbReport {
    /// One cell.
    public struct CellRow: Encodable, Sendable {
        /// Its id.
        public var id: String
        /// Its verb.
        public var verb: String
        /// The line of its fence.
        public var line: Int
        /// The cells that it needs.
        public var needs: [String]
    }

    /// Each after those that it needs.
    public var cells: [CellRow]
    /// The source of a picture, where it was asked for.
    public var dot: String?

    /// A row a cell, or the source of the picture.
    public func text(on terminal: Terminal) -> String {
        if let dot { return dot }
        var table = Table([.init("cell"), .init("verb"), .init("line", .right), .init("needs")])
        for cell in cells {
            table.add([cell.id, cell.verb, "\(cell.line)", cell.needs.joined(separator: ", ")])
        }
        return table.rendered(on: terminal)
    }
}
