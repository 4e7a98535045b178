import Numerics
import Schema
import Tensors

/// How a model learns, as a file says it.
public struct TrainingOptions: Sendable {
    /// Passes over the training split.
    public var epochs: Int
    /// Samples of one gradient.
    public var batch: Int
    /// Gradients averaged for one step.
    public var accumulate: Int
    /// The highest learning rate.
    public var learningRate: Double
    /// What is made small.
    public var loss: LossKind
    /// How much each point counts.
    public var weights: PointWeights
    /// How samples are changed at random.
    public var augmentation: AugmentationOptions
    /// How a rollout is learned.
    public var rollout: RolloutOptions
    /// The penalty on the residual of the equations.
    public var residual: ResidualOptions
    /// The longest gradient.
    public var clip: Double?
    /// The decay of the average of weights.
    public var average: Double?
    /// Epochs without a better validation loss that end the training.
    public var patience: Int?
    /// Selects starting weights and order.
    public var seed: UInt64
    /// 0 takes all processors.
    public var threads: Int
    /// What the factors of large products are rounded to while the model learns.
    public var precision: Precision
    /// Whether activations are computed again in the backward pass instead of being kept.
    public var recomputes: Bool
    /// Seconds from one checkpoint to the next.
    public var checkpointSeconds: Double
    /// The learning rate over time.
    public var schedule: any Schedule
    /// Makes the optimiser with a learning rate.
    public var makeOptimiser: @Sendable (Double) -> any Optimiser<Float>

    /// Reads a checked table.
    init(_ section: Section) {
        epochs = section[TrainingSchema.epochs]
        batch = section[TrainingSchema.batch]
        accumulate = section[TrainingSchema.accumulate]
        loss = section[TrainingSchema.loss]
        let nearWall = section.section("near_wall")
        weights = PointWeights(
            isMasked: section[TrainingSchema.masked],
            nearWallFactor: section.has("near_wall") ? nearWall[TrainingSchema.factor] : 0,
            nearWallDistance: nearWall[TrainingSchema.distance])
        augmentation = AugmentationOptions(section)
        rollout = RolloutOptions(section.section("rollout"))
        residual = ResidualOptions(section.section("residual"), isPresent: section.has("residual"))
        clip = section[TrainingSchema.clip]
        average = section[TrainingSchema.average]
        patience = section[TrainingSchema.patience]
        seed = UInt64(section[TrainingSchema.seed])
        threads = section[TrainingSchema.threads]
        precision = section[TrainingSchema.precision]
        recomputes = section[TrainingSchema.recompute]
        checkpointSeconds = 60 * section[TrainingSchema.checkpoint]
        let (optimiserWord, optimiserTable) = Self.choice("optimiser", in: section)
        let optimiser = OptimiserRegistry.kinds.first { $0.word == optimiserWord } ?? .adam
        makeOptimiser = { optimiser.build(optimiserTable, $0) }
        learningRate = section[TrainingSchema.rate] ?? optimiser.learningRate
        let (scheduleWord, scheduleTable) = Self.choice("schedule", in: section)
        let kind = ScheduleRegistry.kinds.first { $0.word == scheduleWord } ?? .cosine
        schedule = kind.build(scheduleTable)
    }

    /// A word, or the table whose `kind` it is.
    private static func choice(_ name: String, in section: Section) -> (word: String?, Section) {
        let table = section.section(name)
        return (table.node?.text ?? table.node?["kind"]?.text, table)
    }
}
