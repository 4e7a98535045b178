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
        if path.hasSuffix(".safetensors") {
            return InfoReport(facts: try SafetensorsFile(reading: path).facts(path))
        }
        if try DatasetSummary.isDataset(path) {
            // The statistics in the file say more than the ranges of a pass over all arrays.
            return InfoReport(
                facts: try FileInspector.inspect(path, ranges: false), dataset: try DatasetSummary(path))
        }
        let facts = try FileInspector.inspect(path)
        guard facts.format == "hugoniot-run" else { return InfoReport(facts: facts) }
        return InfoReport(facts: facts, bodies: try BodyFacts.read(path))
    }
}

/// What a file holds.
public struct InfoReport: VerbReport {
    /// What is known about the file.
    public var facts: FileFacts
    /// The bodies of a run, with their forces.
    public var bodies: [BodyFacts] = []
    /// The samples of a dataset.
    public var dataset: DatasetSummary?

    private enum Key: CodingKey { case bodies, dataset }

    /// The facts stand plainly in JSON, the bodies beside them.
    public func encode(to encoder: any Encoder) throws {
        try facts.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        if !bodies.isEmpty { try container.encode(bodies, forKey: .bodies) }
        try container.encodeIfPresent(dataset, forKey: .dataset)
    }

    /// Attributes, times, forces or samples, then arrays.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init(""), .init("")])
        table.add([
            "format",
            facts.formatVersion > 0 ? "\(facts.format), version \(facts.formatVersion)" : facts.format,
        ])
        table.add(["size", ProgressText.bytes(facts.byteCount)])
        for (name, value) in facts.attributes.sorted(by: { $0.key < $1.key }) {
            table.add([name, value.description.replacing("\n", with: " ")])
        }
        if let first = facts.times.first, let last = facts.times.last {
            table.add([
                "snapshots", "\(facts.times.count), from t = \(significant(first)) to \(significant(last))",
            ])
        }
        let parts = [
            terminal.styled(facts.path, .bold) + "\n" + table.rendered(on: terminal),
            bodies.isEmpty ? nil : forces(on: terminal), dataset.map { DatasetText($0).text(on: terminal) },
            datasets(on: terminal),
        ]
        return parts.compactMap { $0 }.joined(separator: "\n\n")
    }

    private func forces(on terminal: Terminal) -> String {
        let hasCoefficients = bodies.allSatisfy(\.areCoefficients)
        let (drag, lift) = hasCoefficients ? ("Cd", "Cl") : ("drag", "lift")
        var table = Table([
            .init("body"), .init("last \(drag)", .right), .init("mean \(drag)", .right),
            .init("last \(lift)", .right), .init("mean \(lift)", .right), .init("Strouhal", .right),
        ])
        for body in bodies {
            table.add(
                [body.name]
                    + [body.lastDrag, body.meanDrag, body.lastLift, body.meanLift].map(significant)
                    + [body.strouhal.map(significant) ?? "–"])
        }
        return table.rendered(on: terminal)
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
