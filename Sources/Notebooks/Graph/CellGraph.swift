import Schema

/// Which cell needs which.
public struct CellGraph: Sendable {
    /// Every cell after all that it needs; otherwise in the order of the text.
    public let order: [String]
    /// What each cell needs.
    public let dependencies: [String: [String]]

    /// The graph of a notebook, which has no cycles.
    public init(_ notebook: Notebook) {
        let dependencies = Dictionary(
            notebook.cells.map { ($0.id, $0.dependencies) }, uniquingKeysWith: { first, _ in first })
        self.dependencies = dependencies
        var order: [String] = []
        var seen: Set<String> = []
        func visit(_ id: String) {
            guard seen.insert(id).inserted else { return }
            for other in dependencies[id] ?? [] { visit(other) }
            order.append(id)
        }
        for cell in notebook.cells { visit(cell.id) }
        self.order = order
    }

    /// All cells that a cell needs, directly or not, and the cell itself.
    public func ancestors(of ids: [String]) -> Set<String> {
        var found: Set<String> = []
        var open = ids
        while let id = open.popLast() {
            if found.insert(id).inserted { open += dependencies[id] ?? [] }
        }
        return found
    }

    /// The graph as a picture for Graphviz.
    public func dot(_ notebook: Notebook) -> String {
        var lines = ["digraph notebook {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans-serif\"];"]
        for cell in notebook.cells {
            lines.append("  \"\(cell.id)\" [label=\"\(cell.id)\\n\(cell.verb)\"];")
        }
        for cell in notebook.cells {
            for other in cell.dependencies { lines.append("  \"\(other)\" -> \"\(cell.id)\";") }
        }
        return (lines + ["}"]).joined(separator: "\n")
    }
}

// MARK: Mistakes

extension CellGraph {
    /// Duplicate ids, unknown ids and cycles.
    static func problems(cells: [Cell], prose: [ValueReference]) -> [Diagnostic] {
        let ids = cells.map(\.id)
        let known = Set(ids)
        var problems = duplicates(cells)
        // The likeliest id is looked for among all others: nobody reads so many mistakes that this would take long.
        func check(_ id: String, at place: Place) {
            guard !known.contains(id), problems.count < InvalidInput.mostShown else { return }
            problems.append(unknown(id, at: place, ids))
        }
        for cell in cells {
            for name in cell.fence.needs { check(name.id, at: name.place) }
            for reference in cell.references { check(reference.cell, at: reference.place) }
        }
        for reference in prose { check(reference.cell, at: reference.place) }
        return problems + (problems.isEmpty ? cycles(cells) : [])
    }

    private static func duplicates(_ cells: [Cell]) -> [Diagnostic] {
        var first: [String: Cell] = [:]
        return cells.compactMap { cell in
            guard let earlier = first[cell.id] else {
                first[cell.id] = cell
                return nil
            }
            return Diagnostic(
                at: cell.fence.id?.place ?? cell.fence.verb.place,
                message: "the id \"\(cell.id)\" is taken by the cell in line \(earlier.line)",
                hint: "give every cell an id of its own")
        }
    }

    private static func unknown(_ id: String, at place: Place, _ ids: [String]) -> Diagnostic {
        let guess = Spelling.closest(to: id, among: ids)
        return Diagnostic(
            at: place, message: "there is no cell \"\(id)\"",
            allowed: ids.isEmpty ? "none, there are no cells" : ids.joined(separator: ", "),
            hint: guess.map { "did you mean \"\($0)\"?" })
    }

    /// Each cycle once, at the reference that closes it.
    private static func cycles(_ cells: [Cell]) -> [Diagnostic] {
        let byID = Dictionary(uniqueKeysWithValues: cells.map { ($0.id, $0) })
        var settled: Set<String> = []
        var path: [String] = []
        var problems: [Diagnostic] = []
        func visit(_ id: String) {
            guard let cell = byID[id], !settled.contains(id) else { return }
            path.append(id)
            for other in cell.dependencies {
                if let start = path.firstIndex(of: other) {
                    let circle = (path[start...] + [other]).joined(separator: " → ")
                    problems.append(
                        Diagnostic(
                            at: place(of: other, in: cell), message: "the cells need each other: \(circle)",
                            hint: "a cell can only need what does not need it"))
                } else {
                    visit(other)
                }
            }
            path.removeLast()
            settled.insert(id)
        }
        for cell in cells { visit(cell.id) }
        return problems
    }

    private static func place(of id: String, in cell: Cell) -> Place {
        cell.fence.needs.first { $0.id == id }?.place
            ?? cell.references.first { $0.cell == id }?.place ?? cell.fence.verb.place
    }
}
