import Archive

/// Tells what a file holds.
public struct InfoVerb: Verb {
    /// The file.
    public var path: String

    /// A file to look into.
    public init(path: String) { self.path = path }

    /// Reads attributes, shapes and the ranges of values. Throws `ArchiveError` where it is no file of
    /// Hugoniot's.
    public func perform(on console: Console) throws -> InfoReport {
        InfoReport(facts: try FileInspector.inspect(path))
    }
}

/// What a file holds.
public struct InfoReport: VerbReport {
    /// What is known about the file.
    public var facts: FileFacts

    /// The facts stand plainly in JSON.
    public func encode(to encoder: any Encoder) throws { try facts.encode(to: encoder) }

    /// Attributes, times, then datasets.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init(""), .init("")])
        table.add(["format", "\(facts.format), version \(facts.formatVersion)"])
        table.add(["size", ProgressText.bytes(facts.byteCount)])
        for (name, value) in facts.attributes.sorted(by: { $0.key < $1.key }) {
            table.add([name, value.description.replacing("\n", with: " ")])
        }
        if let first = facts.times.first, let last = facts.times.last {
            table.add([
                "snapshots", "\(facts.times.count), from t = \(significant(first)) to \(significant(last))",
            ])
        }
        return [terminal.styled(facts.path, .bold), table.rendered(on: terminal), "", datasets(on: terminal)]
            .joined(separator: "\n")
    }

    private func datasets(on terminal: Terminal) -> String {
        var table = Table([
            .init("dataset"), .init("shape", .right), .init("type"), .init("stored", .right),
            .init("minimum", .right), .init("maximum", .right), .init(""),
        ])
        for dataset in facts.datasets {
            table.add([
                dataset.path, dataset.shape.map(String.init).joined(separator: " × "),
                dataset.elementType?.rawValue ?? "text", ProgressText.bytes(dataset.storedBytes),
                dataset.minimum.map(significant) ?? "", dataset.maximum.map(significant) ?? "",
                notes(dataset),
            ])
        }
        return table.rendered(on: terminal)
    }

    private func notes(_ dataset: DatasetFacts) -> String {
        var notes: [String] = []
        if dataset.nonFiniteCount > 0 { notes.append("\(dataset.nonFiniteCount) not finite") }
        if dataset.rangeIsOfLastRow { notes.append("range of the last snapshot") }
        return notes.joined(separator: ", ")
    }
}
