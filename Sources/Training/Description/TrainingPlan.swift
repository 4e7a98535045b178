import Archive
import Fluids
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
    /// How the trained model predicts.
    let prediction: PredictionOptions
    /// The table `[model]` with its defaults.
    let modelText: String
    /// The fluid of the equations of the residual.
    let fluid: FluidModel

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
        var layout = try check.layout()
        fluid = check.fluid
        let reader = try FieldReader(dataset, layout)
        let fit = try NormaliserFit(reader, reader.items(trainingSamples))
        (inputs, outputs) = (fit.inputs, fit.outputs)
        layout.constants = fit.constants
        self.layout = layout
        let section = file.root.section("model").with(dimension: dataset.cellShape.count)
        modelText = ModelText.text(section)
        model = try check.model(layout)
        prediction = PredictionOptions(
            file.root.section("prediction"), options.augmentation, dimension: layout.cellShape.count)
    }

    /// Compares a training file with the dataset that it names, without reading the samples: splits, channels, grid, options.
    ///
    /// - Throws: `InvalidInput` for keys that do not fit the dataset; `ArchiveError` where it cannot be read.
    public static func check(_ file: TrainingFile) throws {
        var check = PlanCheck(file, try DatasetFileReader(file.datasetPath))
        _ = check.split(TrainingSchema.train.field.name, or: "train")
        _ = check.split(TrainingSchema.validation.field.name, or: "validation")
        _ = try check.model(check.layout())
    }

    var reader: FieldReader {
        get throws {
            var reader = try FieldReader(dataset, layout)
            reader.needsDistance = options.weights.nearWallFactor > 0
            if layout.task == .rollout { reader.steps = options.rollout.steps }
            return reader
        }
    }

    /// What tells trainings apart when one is resumed: model, channels, order of the samples. Learning rate, schedule and
    /// number of epochs may change, to save a training that died, or to go on for longer.
    public var identity: String {
        [
            modelText, "\(layout)", "\(trainingSamples)", "\(options.seed)", "\(options.batch)",
            "\(options.accumulate)", "\(options.augmentation)", "\(options.rollout)",
        ].joined(separator: "\u{0}")
    }

    /// The random changes to samples. Throws ``TrainingError`` for channels whose behaviour is not known.
    var augmentation: Augmentation {
        get throws { try Augmentation(options.augmentation, layout, dataset) }
    }

    /// What the penalty on the residual needs; nil where there is none.
    var flowScales: FlowScales? {
        guard options.residual.weight > 0 else { return nil }
        let names = PlanCheck.flowChannels(dimension: layout.cellShape.count)
        let channels = names.compactMap(layout.outputChannels.firstIndex)
        return FlowScales(
            channels: channels, mean: channels.map { outputs.mean[$0] },
            deviation: channels.map { outputs.deviation[$0] },
            spacing: Augmentation.spacing(of: dataset), fluid: fluid)
    }

    /// Whether states mean nothing where weights are 0.
    var masksStates: Bool { options.weights.isMasked && dataset.hasMask }

    /// Whether points differ in the loss.
    var isWeighted: Bool {
        (options.weights.isMasked && dataset.hasMask) || options.weights.nearWallFactor > 0
    }
}
