import Archive
import Figures

/// A dataset as figures: some of its samples, or its parameters.
struct DatasetPicture {
    let reader: DatasetFileReader
    let look: PlotVerb.Look

    /// Samples side by side; more would be too small to see.
    private static let sampleCount = 4
    /// Parameters in one picture: six panels.
    private static let parameterCount = 4

    /// A few samples, spread over the dataset: every channel that varies in space, or the one that was asked for.
    /// Throws `ToolError`, `ArchiveError` or `FigureError`.
    func samples(_ field: String?) throws -> (figure: Figure, channels: [String]) {
        let samples = chosenSamples()
        guard !samples.isEmpty else { throw ToolError("\(reader.path) has no completed sample to draw") }
        let channels = try chosenChannels(field).map { channel in
            (name: channel.name, values: try samples.map { try values(channel, $0) })
        }
        let varying = channels.filter { $0.values.contains { values in values.contains { $0 != values[0] } } }
        let shown = varying.isEmpty || field != nil ? channels : varying
        let names = shown.map(\.name)
        let titles = samples.map { "sample \($0)" }
        guard reader.axes.count > 1 else {
            let profiles = shown.map { channel in
                Profile(
                    field: channel.name,
                    curves: zip(titles, channel.values).map {
                        Curve(x: reader.axes[0].centers, y: $1.map { Double($0) }, label: $0)
                    })
            }
            return (try FieldPicture.profiles(profiles, title: title, size: try look.figureSize()), names)
        }
        let rows = try shown.map { SheetRow(field: $0.name, planes: try $0.values.map(plane)) }
        let bodies = try samples.map { try reader.signedDistance($0).map(plane) }
        let options = try look.options(title: title)
        return (
            try FieldPicture.samples(rows, columnTitles: titles, bodies: bodies, options: options), names
        )
    }

    /// Parameters against each other, coloured by split; a single one over the number of the sample.
    /// Throws `ToolError`, `ArchiveError` or `FigureError`.
    func parameters() throws -> Figure {
        let names = reader.parameters.prefix(Self.parameterCount)
        guard !names.isEmpty else { throw ToolError("\(reader.path) has no parameters to draw") }
        let values = try reader.parameterValues().enumerated().map { index, row in
            (names.count == 1 ? [Double(index)] : []) + row.prefix(names.count)
        }
        let axes =
            (names.count == 1 ? [Axis("sample", margin: 0.04)] : [])
            + names.map { Axis($0.name, unit: $0.unit.isEmpty ? nil : $0.unit, margin: 0.04) }
        return try ScatterPicture.pairs(
            groups(values), axes: axes, title: title, size: try look.figureSize())
    }

    /// The splits with the general ones first, samples of none, and those that failed.
    private func groups(_ values: [[Double]]) -> [PointGroup] {
        let usual = ["train", "validation", "test"]
        let splits =
            usual.compactMap { name in reader.splits.first { $0.name == name } }
            + reader.splits.filter { !usual.contains($0.name) }
        let taken = Set(splits.flatMap(\.samples))
        let failed = values.indices.filter { reader.statuses[$0] == .failed }
        let rest = values.indices.filter { !taken.contains($0) && reader.statuses[$0] != .failed }
        return splits.map { PointGroup(label: $0.name, points: $0.samples.map { values[$0] }) }
            + [PointGroup(label: "in no split", points: rest.map { values[$0] })]
            + [PointGroup(label: "failed", points: failed.map { values[$0] }, isCrossed: true)]
    }

    private func chosenSamples() -> [Int] {
        let completed = reader.statuses.indices.filter { reader.statuses[$0] == .completed }
        let count = min(Self.sampleCount, completed.count)
        return (0..<count).map { completed[$0 * (completed.count - 1) / max(count - 1, 1)] }
    }

    private struct Channel {
        var name: String
        var index: Int
        var isInput: Bool
    }

    private func chosenChannels(_ field: String?) throws -> [Channel] {
        let inputs = reader.inputChannels.enumerated().map { Channel(name: $1, index: $0, isInput: true) }
        let outputs = reader.outputChannels.enumerated().map {
            Channel(name: $1, index: $0, isInput: false)
        }
        guard let field else {
            // The first state of a rollout bears the names of the outputs; the last one tells more.
            let names = Set(reader.outputChannels)
            return inputs.filter { !names.contains($0.name) } + outputs
        }
        // Outputs first: they are what a dataset is about.
        if let found = (outputs + inputs).first(where: { $0.name == field }) { return [found] }
        let names = reader.inputChannels + reader.outputChannels
        throw ToolError(
            "\(reader.path) has no channel \"\(field)\"; it has \(names.joined(separator: ", "))",
            advice: nearestWord(to: field, among: names).map { "did you mean \"\($0)\"?" })
    }

    private func values(_ channel: Channel, _ sample: Int) throws -> [Float] {
        channel.isInput
            ? try reader.input(sample, channel: channel.index)
            : try reader.output(sample, channel: channel.index, time: max(reader.times.count - 1, 0))
    }

    /// The plane, or the middle slice across z.
    private func plane(_ values: [Float]) throws -> Plane {
        let grid = PictureGrid(axes: reader.axes)
        guard reader.axes.count == 3 else { return try grid.plane(values) }
        let volume = try grid.volume(values)
        return try volume.slice(across: .z, at: volume.count(along: .z) / 2)
    }

    private var title: String {
        let time = reader.times.last.map { ", t = \(significant($0))" } ?? ""
        return look.title
            ?? "\(reader.attributes["title"]?.text ?? reader.attributes["source_format"]?.text ?? "dataset"): "
            + "\(reader.sampleCount) samples" + time
    }
}
