import Archive
import Foundation
import Training

/// A model: facts and training curves.
struct ModelView: Viewed {
    private let path: String
    private let description_: ViewDescription
    private let history: [EpochRecord]

    /// Reads a model. Throws `ArchiveError` and `TrainingError`, for a newer version too.
    init(_ path: String) throws {
        self.path = path
        let model = try TrainedModel(reading: path)
        let facts = model.description
        history = facts.history
        var view = ViewDescription(kind: .model, title: (path as NSString).lastPathComponent)
        view.tell("weights", "\(model.parameterCount)")
        view.tell("from", facts.layout.inputChannels.joined(separator: ", "))
        view.tell("to", facts.layout.outputChannels.joined(separator: ", "))
        view.tell("cells", facts.layout.cellShape.reversed().map { "\($0)" }.joined(separator: " × "))
        for (name, value) in facts.metrics.sorted(by: { $0.key < $1.key }) {
            view.tell(name.replacing("_", with: " "), significant(value))
        }
        view.tell("model", facts.model)
        view.tell("training", facts.training)
        view.tell("dataset SHA-256", facts.datasetSHA256)
        view.tell("tool version", facts.toolVersion)
        view.series = [.init(name: "training", label: "training curves")]
        description_ = view
    }

    func description() throws -> ViewDescription { description_ }

    func series(_ name: String) throws -> [SeriesColumn] {
        guard name == "training" else { throw ToolError("this model has no series \"\(name)\"") }
        return try TrainingCurves.columns(of: path) ?? TrainingCurves.columns(history)
    }
}

/// A training under way: its curves grow with each epoch that is written down.
struct TrainingView: Viewed {
    private let path: String

    /// Throws `ToolError` where nothing tells of a training that will write this file.
    init(_ path: String) throws {
        self.path = path
        guard try TrainingCurves.columns(of: path) != nil else {
            throw ToolError(
                "there is no file \(path), and no training under way that will write it",
                advice:
                    "train it with hugoniot train, whose curves can be watched from the first checkpoint on")
        }
    }

    func description() throws -> ViewDescription {
        var view = ViewDescription(kind: .training, title: (path as NSString).lastPathComponent)
        view.series = [.init(name: "training", label: "training curves")]
        let columns = try TrainingCurves.columns(of: path) ?? []
        view.tell("status", "training")
        view.tell("epochs", columns.first?.values.last.flatMap { $0 }.map { significant($0) })
        for column in columns.dropFirst() {
            view.tell(column.label, column.values.last.flatMap { $0 }.map { significant($0) })
        }
        return view
    }

    func series(_ name: String) throws -> [SeriesColumn] { try TrainingCurves.columns(of: path) ?? [] }
}
