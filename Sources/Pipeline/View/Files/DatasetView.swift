import Archive
import Foundation

/// A dataset: every channel of every sample.
struct DatasetView: Viewed {
    let reader: DatasetFileReader

    init(_ path: String) throws { reader = try DatasetFileReader(path) }

    func description() throws -> ViewDescription {
        let name = (reader.path as NSString).lastPathComponent
        var view = ViewDescription(kind: .dataset, title: reader.attributes["title"]?.text ?? name)
        view.axes = reader.axes.map { .init(name: $0.name, faces: $0.faces) }
        view.times = reader.times
        view.fields = fields()
        let labels = try sampleLabels()
        view.samples = reader.statuses.indices.filter { reader.statuses[$0] == .completed }
            .map { .init(number: $0, label: labels[$0]) }
        view.hasBody = reader.hasSignedDistance || reader.hasMask
        view.tell("task", reader.task.rawValue)
        view.tell("samples", "\(reader.sampleCount), of these \(view.samples.count) completed")
        view.tell("cells", reader.cellShape.reversed().map { "\($0)" }.joined(separator: " × "))
        view.tell("splits", reader.splits.map { "\($0.name) \($0.samples.count)" }.joined(separator: ", "))
        for (name, value) in reader.attributes.sorted(by: { $0.key < $1.key })
        where !["title", "format", "format_version"].contains(name) {
            view.tell(name.replacing("_", with: " "), value.description)
        }
        if view.samples.isEmpty { view.note = "No sample is completed yet." }
        return view
    }

    /// Outputs first: they are what a dataset is about. Inputs may bear the same names.
    func fields() -> [ViewDescription.Field] {
        reader.outputChannels.enumerated().map { .init("outputs/\($0)", style: $1, group: "outputs") }
            + reader.inputChannels.enumerated().map { .init("inputs/\($0)", style: $1, group: "inputs") }
    }

    /// For every sample its splits, its geometry and its parameters.
    func sampleLabels() throws -> [String] {
        let (geometries, values) = (try reader.geometries(), try reader.parameterValues())
        var splits = reader.statuses.map { _ in [String]() }
        for split in reader.splits { for sample in split.samples { splits[sample].append(split.name) } }
        return reader.statuses.indices.map { sample in
            let parameters = zip(reader.parameters, values[sample]).map { "\($0.name) = \(significant($1))" }
            return ([splits[sample].joined(separator: ", ")] + parameters + [geometries[sample]]).filter {
                !$0.isEmpty
            }
            .joined(separator: " · ")
        }
    }

    func field(_ request: FieldRequest) throws -> FieldPlane {
        try FieldRequest.check(request.sample, reader.sampleCount, "sample")
        let parts = request.name.split(separator: "/").map(String.init)
        guard parts.count == 2, let channel = Int(parts[1]) else {
            throw ToolError("this dataset has no channel \"\(request.name)\"")
        }
        switch parts[0] {
        case "inputs":
            try FieldRequest.check(channel, reader.inputChannels.count, "input")
            return try plane(try reader.input(request.sample, channel: channel), request)
        case "outputs":
            try FieldRequest.check(channel, reader.outputChannels.count, "output")
            try FieldRequest.check(request.time, max(1, reader.times.count), "time")
            return try plane(
                try reader.output(request.sample, channel: channel, time: request.time), request)
        default: throw ToolError("this dataset has no channel \"\(request.name)\"")
        }
    }

    func body(_ request: FieldRequest) throws -> FieldPlane? {
        try FieldRequest.check(request.sample, reader.sampleCount, "sample")
        if let distance = try reader.signedDistance(request.sample) { return try plane(distance, request) }
        guard let mask = try reader.mask(request.sample), mask.contains(0) else { return nil }
        return try plane(mask.map { Float($0) - 0.5 }, request)
    }

    private func plane(_ values: [Float], _ request: FieldRequest) throws -> FieldPlane {
        try FieldPlane(values, cells: reader.axes.map(\.cellCount), request)
    }
}
