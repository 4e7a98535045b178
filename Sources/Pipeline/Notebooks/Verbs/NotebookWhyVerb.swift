import Notebooks

/// Tells why a cell is computed anew.
public struct NotebookWhyVerb: Verb {
    /// The notebook.
    public var path: String
    /// The cell.
    public var cell: String
    /// The store; nil: the standard one.
    public var store: String?

    /// A question as the command line puts it.
    public init(path: String, cell: String, store: String? = nil) {
        (self.path, self.cell, self.store) = (path, cell, store)
    }

    /// Compares the cell's key, part by part, with that of the lock file or of the latest result. Nothing runs.
    public func perform(on console: Console) throws -> NotebookWhyReport {
        let place = try NotebookPlace(path, store: store)
        guard place.notebook.cell(cell) != nil else { throw place.unknown(cell) }
        let keys = try place.keys()
        let graph = CellGraph(place.notebook)
        var report = NotebookWhyReport(cell: cell)
        let build = ToolBuild.environment.build
        report.isStored = keys[cell].map { place.store.entry($0.address(build: build)) != nil } ?? false
        report.isAccepted = place.lock.cells[cell] != nil
        let key = keys[cell]?.text
        report.isOfOtherBuild =
            !report.isStored
            && place.store.entries().contains { $0.entry.key == key && $0.entry.build != build }
        // What a cell needs comes first: the first change is usually the cause of the others.
        let ancestors = graph.ancestors(of: [cell])
        for id in graph.order where ancestors.contains(id) {
            guard let new = keys[id], let old = accepted(id, new, place) else { continue }
            let changes = CellKey.changes(from: old, to: new.parts).filter {
                id == cell || !$0.name.hasPrefix("needs.")
            }
            report.changes += changes.map { .init(cell: id, part: $0.name, old: $0.old, new: $0.new) }
        }
        return report
    }

    /// What a cell asked for when it was accepted; where it never was, what its latest result answered.
    private func accepted(_ id: String, _ key: CellKey, _ place: NotebookPlace) -> [CellKey.Part]? {
        place.lock.cells[id]?.parts
            ?? place.store.latest(of: id, in: path, otherThan: key.text)?.parts
    }
}

/// Why a cell is computed anew.
public struct NotebookWhyReport: VerbReport {
    /// A part of a key that differs from the lock file.
    public struct Change: Encodable, Sendable {
        /// The cell: the one that was asked about, or one that it needs.
        public var cell: String
        /// The part: `body.epochs`, `file.Cases/sod.toml`, `needs.data`.
        public var part: String
        /// As accepted; null where it is new.
        public var old: String?
        /// As it is; null where it is gone.
        public var new: String?
    }

    /// The cell.
    public var cell: String
    /// Whether its result is in the store.
    public var isStored = false
    /// Whether another build of the tool computed the same.
    public var isOfOtherBuild = false
    /// Whether the lock file has it.
    public var isAccepted = false
    /// What differs from the lock file.
    public var changes: [Change] = []

    private enum CodingKeys: String, CodingKey {
        case cell, changes
        case isStored = "stored"
        case isOfOtherBuild = "other_build"
        case isAccepted = "accepted"
    }

    /// One line a change.
    public func text(on terminal: Terminal) -> String {
        var lines = [
            isStored
                ? "\(cell) is in the store: a run takes it from there"
                : isOfOtherBuild
                    ? "\(cell) is computed anew: the tool was built anew since"
                    : "\(cell) is not in the store: a run computes it"
        ]
        if changes.isEmpty {
            lines.append(isAccepted ? "it asks for what was accepted" : "it is not in the lock file")
        } else {
            lines.append(
                isAccepted
                    ? "it differs from what was accepted:"
                    : "it is not in the lock file, and differs from its latest result:")
            lines += changes.map {
                "  \($0.cell): \(NotebookCheck.text((name: $0.part, old: $0.old, new: $0.new)))"
            }
        }
        return lines.joined(separator: "\n")
    }
}
