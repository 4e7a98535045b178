import Archive
import Operators
import Schema
import Tensors

/// A training file and its dataset, found to fit each other: everything that can be refused is refused here, before the
/// first step.
public struct TrainingPlan: Sendable {
    /// The file.
    public let file: TrainingFile
    /// How the model learns.
    public internal(set) var options: TrainingOptions
    /// The dataset.
    public let dataset: DatasetFileReader
    /// What is given and predicted.
    public let layout: FieldLayout
    /// The model.
    public let model: any OperatorModel
    /// Samples that are learned.
    public let trainingSamples: [Int]
    /// Samples that tell the best weights; none where the dataset has no such split.
    public internal(set) var validationSamples: [Int]
    let inputs: ChannelNormaliser
    let outputs: ChannelNormaliser
    /// The table `[model]` with its defaults.
    let modelText: String

    /// Opens the dataset and fits the normalisers on the training split.
    ///
    /// - Throws: `InvalidInput` for keys that do not fit the dataset; `ArchiveError` and ``TrainingError`` for what is
    ///   wrong with the dataset.
    public init(_ file: TrainingFile) throws {
        self.file = file
        options = file.options
        let dataset = try DatasetFileReader(file.datasetPath)
        self.dataset = dataset
        var check = PlanCheck(file, dataset)
        trainingSamples = check.split(TrainingSchema.train.field.name, or: "train")
        validationSamples = check.split(TrainingSchema.validation.field.name, or: "validation")
        var layout = FieldLayout(
            task: dataset.task,
            inputChannels: check.channels("inputs", dataset.inputChannels).filter {
                dataset.task == .steady || !$0.hasPrefix("initial_")
            }, outputChannels: check.channels("outputs", dataset.outputChannels), cellShape: dataset.cellShape
        )
        check.checkOptions()
        check.checkModelKeys()
        try check.finish()
        let reader = try FieldReader(dataset, layout)
        let fit = try NormaliserFit(reader, reader.items(trainingSamples))
        (inputs, outputs) = (fit.inputs, fit.outputs)
        layout.constants = fit.constants
        self.layout = layout
        let section = file.root.section("model").with(dimension: dataset.cellShape.count)
        modelText = ModelText.text(section)
        model = try check.model(section, layout)
    }

    var reader: FieldReader {
        get throws {
            var reader = try FieldReader(dataset, layout)
            reader.needsDistance = options.weights.nearWallFactor > 0
            return reader
        }
    }

    /// What tells trainings apart when one is resumed: model, channels, order of the samples. Learning rate, schedule and
    /// number of epochs may change, to save a training that died, or to go on for longer.
    public var identity: String {
        [
            modelText, "\(layout)", "\(trainingSamples)", "\(options.seed)", "\(options.batch)",
            "\(options.accumulate)", "\(options.mirrors)",
        ].joined(separator: "\u{0}")
    }

    /// Whether points differ in the loss.
    var isWeighted: Bool {
        (options.weights.isMasked && dataset.hasMask) || options.weights.nearWallFactor > 0
    }
}

/// Compares the keys of a training file with its dataset, and collects what does not fit.
private struct PlanCheck {
    let file: TrainingFile
    let dataset: DatasetFileReader
    var diagnostics: [Diagnostic] = []

    init(_ file: TrainingFile, _ dataset: DatasetFileReader) {
        self.file = file
        self.dataset = dataset
    }

    private var data: Section { file.root.section("data") }

    /// The completed samples of the split that a key names; the validation split may be absent where it is not named.
    mutating func split(_ key: String, or name: String) -> [Int] {
        let isNamed = data.has(key)
        let word = data.node?[key]?.text ?? name
        guard let split = dataset.splits.first(where: { $0.name == word }) else {
            if isNamed || name == "train" {
                diagnostics.append(
                    data.diagnostic(
                        key, "\(dataset.path) has no split \"\(word)\"",
                        allowed: dataset.splits.map { "\"\($0.name)\"" }.joined(separator: ", "),
                        hint: dataset.splits.isEmpty ? "write lists of samples to /splits/NAME" : nil))
            }
            return []
        }
        let samples = split.samples.filter {
            dataset.statuses.indices.contains($0) && dataset.statuses[$0] == .completed
        }
        if samples.isEmpty {
            diagnostics.append(data.diagnostic(key, "the split \"\(word)\" has no completed sample"))
        }
        return samples
    }

    /// The channels that a key names; all where it is absent.
    mutating func channels(_ key: String, _ all: [String]) -> [String] {
        guard let node = data.node?[key] else { return all }
        let names = node.elements.compactMap(\.text)
        for name in names where !all.contains(name) {
            diagnostics.append(
                data.diagnostic(
                    key, "\(dataset.path) has no channel \"\(name)\" there",
                    allowed: all.joined(separator: ", ")))
        }
        if Set(names).count < names.count {
            diagnostics.append(data.diagnostic(key, "a channel is named twice"))
        }
        return names
    }

    mutating func checkOptions() {
        let training = file.root.section("training")
        if file.options.weights.nearWallFactor > 0, !dataset.hasSignedDistance {
            diagnostics.append(training.diagnostic("near_wall", "\(dataset.path) has no /sdf"))
        }
        for axis in file.options.mirrors where axis >= dataset.cellShape.count {
            diagnostics.append(
                training.diagnostic("mirrors", "the dataset has \(dataset.cellShape.count) dimensions"))
        }
        if dataset.task == .rollout, dataset.times.count < 2 {
            diagnostics.append(data.diagnostic("file", "a rollout of one state has no next step to learn"))
        }
        let isSharpnessAware = file.options.makeOptimiser(1) is SharpnessAware<Float>
        if isSharpnessAware, file.options.accumulate > 1 {
            diagnostics.append(
                training.diagnostic(
                    "accumulate", "sam takes both of its gradients on one batch", allowed: "1"))
        }
    }

    /// Lists with an entry a dimension can be checked now that the dimension is known.
    mutating func checkModelKeys() {
        let dimension = dataset.cellShape.count
        let model = file.root.section("model")
        guard let modes = model.node?["modes"], modes.elements.count != dimension else { return }
        diagnostics.append(
            model.diagnostic(
                "modes", "has \(modes.elements.count) entries",
                allowed: "\(dimension), one for each dimension"))
    }

    func finish() throws(InvalidInput) {
        if !diagnostics.isEmpty { throw InvalidInput(diagnostics) }
    }

    func model(_ section: Section, _ layout: FieldLayout) throws(InvalidInput) -> any OperatorModel {
        guard let model = ModelRegistry.model(section, mapping: layout.mapping) else {
            throw InvalidInput(section.diagnostic("kind", "is not known"))
        }
        if let objection = model.objection(to: layout.cellShape) {
            throw InvalidInput(section.diagnostic(nil, objection))
        }
        return model
    }
}
