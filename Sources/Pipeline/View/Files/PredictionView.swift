import Archive
import Foundation

/// Predictions, beside the truth and the error where the dataset is shown with them.
struct PredictionView: Viewed {
    private let path: String
    private let file: PredictionFileReader
    private let truth: DatasetView?

    /// Opens predictions and seeks their dataset among other files. Throws `ArchiveError`, and `ToolError` where a
    /// dataset is there that does not fit.
    init(_ path: String, among others: [String]) throws {
        self.path = path
        file = try PredictionFileReader(path)
        truth = try Self.dataset(of: file, path, among: others)
    }

    private static func dataset(
        of file: PredictionFileReader, _ path: String, among others: [String]
    ) throws -> DatasetView? {
        let datasets = try others.filter { other in
            let isOther =
                other != path && ["h5", "hdf5"].contains((other as NSString).pathExtension.lowercased())
            return try isOther && FileManager.default.fileExists(atPath: other)
                && DatasetSummary.isDataset(other)
        }
        for candidate in datasets {
            let digest = file.origin.datasetSHA256
            if !digest.isEmpty, try Fingerprint.sha256(ofFile: candidate) != digest { continue }
            let dataset = try DatasetView(candidate)
            if dataset.reader.outputShape == file.sampleShape { return dataset }
        }
        guard datasets.isEmpty else {
            throw ToolError(
                "\(path) was predicted from another dataset than \(datasets.joined(separator: ", "))",
                advice: "view it with the dataset that it was predicted from, or predict again")
        }
        return nil
    }

    func description() throws -> ViewDescription {
        var view = ViewDescription(kind: .predictions, title: (path as NSString).lastPathComponent)
        let channels = self.channels
        view.fields = channels.enumerated().map { .init("outputs/\($0)", style: $1, group: "predicted") }
        if let truth {
            let all = try truth.description()
            let labels = try truth.sampleLabels()
            (view.axes, view.times, view.hasBody) = (all.axes, all.times, all.hasBody)
            view.samples = file.samples.map { .init(number: $0, label: labels[$0]) }
            view.parts = ["truth", "prediction", "error"]
            view.tell("dataset", (truth.reader.path as NSString).lastPathComponent)
        } else {
            view.axes = zip(["x", "y", "z"], cells.reversed()).map { name, count in
                .init(name: name, faces: (0...count).map(Double.init))
            }
            view.times = timeCount > 1 ? (0..<timeCount).map(Double.init) : []
            view.samples = file.samples.map { .init(number: $0, label: "") }
            view.note = "Give the dataset too to see truth and error: hugoniot view PREDICTIONS.h5 DATASET.h5"
        }
        view.tell("split", file.origin.split)
        view.tell("samples", "\(file.samples.count)")
        view.tell("cells", cells.reversed().map { "\($0)" }.joined(separator: " × "))
        view.tell("model SHA-256", file.origin.modelSHA256)
        view.tell("dataset SHA-256", file.origin.datasetSHA256)
        view.tell("tool version", file.origin.toolVersion)
        return view
    }

    private var isRollout: Bool { truth.map { $0.reader.task == .rollout } ?? (file.sampleShape.count == 4) }
    private var timeCount: Int { isRollout ? file.sampleShape[0] : 1 }
    private var channelCount: Int { file.sampleShape[isRollout ? 1 : 0] }
    private var cells: [Int] { Array(file.sampleShape.dropFirst(isRollout ? 2 : 1)) }
    private var channels: [String] {
        if let truth { return truth.reader.outputChannels }
        let names = file.origin.channels
        return names.count == channelCount ? names : (0..<channelCount).map { "output_\($0)" }
    }

    func field(_ request: FieldRequest) throws -> FieldPlane {
        switch request.part {
        case "truth": return try needed().field(request)
        case "error":
            let (truth, found) = (try needed().field(request), try prediction(request))
            var error = found
            error.values = zip(found.values, truth.values).map { $0 - $1 }
            return error
        case "", "prediction": return try prediction(request)
        default: throw ToolError("part must be truth, prediction or error")
        }
    }

    func body(_ request: FieldRequest) throws -> FieldPlane? { try truth?.body(request) }

    private func needed() throws -> DatasetView {
        guard let truth else { throw ToolError("the dataset of these predictions is not shown") }
        return truth
    }

    private func prediction(_ request: FieldRequest) throws -> FieldPlane {
        guard let place = file.samples.firstIndex(of: request.sample) else {
            throw ToolError("sample \(request.sample) was not predicted")
        }
        guard let channel = request.name.split(separator: "/").last.flatMap({ Int($0) }) else {
            throw ToolError("these predictions have no channel \"\(request.name)\"")
        }
        try FieldRequest.check(channel, channelCount, "channel")
        try FieldRequest.check(request.time, timeCount, "time")
        let size = cells.reduce(1, *)
        let start = (request.time * channelCount + channel) * size
        let values = try file.prediction(at: place)
        return try FieldPlane(Array(values[start..<start + size]), cells: cells.reversed(), request)
    }
}
