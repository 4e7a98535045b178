extension Document {
    /// The document with some of its strings replaced, each where it stands.
    ///
    /// - Parameter replacement: The value that takes the place of a string; nil keeps it.
    /// - Throws: what `replacement` throws.
    public func replacingStrings(_ replacement: (Node, String) throws -> Node.Value?) rethrows -> Document {
        var document = self
        document.root = try root.replacingStrings(replacement)
        return document
    }
}

extension Node {
    fileprivate func replacingStrings(_ replacement: (Node, String) throws -> Node.Value?) rethrows -> Node {
        var result = self
        switch value {
        case .string(let text):
            result.value = try replacement(self, text) ?? value
        case .array(let elements):
            result.value = .array(try elements.map { try $0.replacingStrings(replacement) })
        case .table(let entries):
            result.value = .table(
                try entries.map { entry in
                    var entry = entry
                    entry.node = try entry.node.replacingStrings(replacement)
                    return entry
                })
        default: break
        }
        return result
    }
}
