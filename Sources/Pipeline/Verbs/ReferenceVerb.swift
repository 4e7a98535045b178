/// Writes the reference page of every key, generated from the schema.
public struct ReferenceVerb: Verb {
    /// The files that the page is about.
    public var kind: InputKind
    /// Where the page goes; nil: standard output.
    public var output: String?

    /// Replaces an existing file.
    public var overwrite: Bool

    /// A page in a file or on standard output.
    public init(kind: InputKind = .flow, output: String? = nil, overwrite: Bool = false) {
        self.kind = kind
        self.output = output
        self.overwrite = overwrite
    }

    /// Writes the page. Throws `ToolError` where the file cannot be written, or is there already.
    public func perform(on console: Console) throws -> ReferenceReport {
        let page = kind.reference
        if let output {
            try Output(output, .markdown, from: []).check(overwrite: overwrite)
            try AtomicOutput.write(page, to: output)
        }
        return ReferenceReport(output: output, page: page)
    }
}

/// The page, or where it is.
public struct ReferenceReport: VerbReport {
    /// Where the page was written; nil: nowhere, it is the answer.
    public var output: String?
    /// The page in Markdown.
    public var page: String

    /// The page is an answer, its place is not.
    public var isAnswer: Bool { output == nil }

    /// The page, or where it is.
    public func text(on terminal: Terminal) -> String {
        output.map { "written: \($0)" } ?? String(page.trimmingSuffix { $0 == "\n" })
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
