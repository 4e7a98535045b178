import Schema

/// What a computation is told by: everything that its case says, whatever the comments, order and layout of the text, but
/// for keys that cannot change a result.
enum CaseIdentity {
    /// Keys that do not change a single number of a run file, each with its reason. A key that is not here makes another
    /// case: `output.compression`, for one, changes how the file looks that a resumed run goes on writing.
    private static let inconsequential = [
        // Results do not depend on the number of threads, to the bit.
        ["numerics", "threads"],
        // Where a call stops; the next one goes on with the steps that it would have taken.
        ["time", "wall_budget"],
        // When a state is kept to go on from.
        ["output", "checkpoint_every"],
    ]

    /// Equal for documents that describe the same computation.
    static func text(of document: Document) -> String {
        TOMLWriter.text(of: reduced(document.root, at: []))
    }

    /// A table without what does not count, its keys in the order of the alphabet.
    private static func reduced(_ node: Node, at path: [String]) -> Node {
        var result = node
        switch node.value {
        case .array(let elements): result.value = .array(elements.map { reduced($0, at: path + ["*"]) })
        case .table(let entries):
            let rest = entries.compactMap { entry -> Node.Entry? in
                let place = path + [entry.key]
                guard !inconsequential.contains(place) else { return nil }
                var kept = entry
                kept.node = reduced(entry.node, at: place)
                // A section that says nothing is one that is not there.
                if case .table(let rest) = kept.node.value, rest.isEmpty { return nil }
                return kept
            }
            result.value = .table(rest.sorted { $0.key < $1.key })
        default: break
        }
        return result
    }
}
