import Numerics
import Operators
import Schema
import Tensors

/// The keys of a training file.
enum TrainingSchema {
    // [data]
    static let file = Key.text("file", "The dataset (HDF5), from the folder of this file.")
    static let train = Key.text("train", default: "train", "The split that is learned.")
    static let validation = Key.text("validation", "The split that tells the best weights.").optional(
        otherwise: "\"validation\" where the dataset has it")
    static let names = ValueKind.list(.text, .within(1...4096))
    static let inputs = Field("inputs", names, default: "all", "Input channels that are given.")
    static let outputs = Field("outputs", names, default: "all", "Output channels that are predicted.")

    static let points = Key<PointPlacement>.choice(
        "points", default: .cells,
        "Where the points of the grid lie: at centres of cells; at i/n of periodic axes; or at i/n of axes at whose ends the "
            + "outputs are 0, the upper end not stored. Mirrors and interpolation follow it.")

    // [prediction]
    static let averaged = Key.flag(
        "symmetries", default: false,
        "Whether a prediction is the mean over the mirrors, turns and exchanges of `[training]`; costs as many predictions."
    )
    static let grid = Key<PredictionOptions.Grid>.choice(
        "grid", default: .own,
        "The grid that the network sees: that of the data, or that of training, with finer data reduced to it (every extent a "
            + "multiple) and the prediction interpolated.")

    // [training]
    static let epochs = Key.integer("epochs", 1...10_000_000, default: 100, "Passes over the training split.")
    static let batch = Key.integer(
        "batch", 1...65_536, default: 8, unit: "samples", "Samples of one gradient.")
    static let accumulate = Key.integer(
        "accumulate", 1...65_536, default: 1, unit: "batches", "Gradients that are averaged for one step.")
    static let rate = Key.number("learning_rate", .above(0), "The highest learning rate.").optional(
        otherwise: "1e-3; sgd 1e-2, lbfgs 0.1")
    static let loss = Key<LossKind>.choice("loss", default: .relativeL2, "What is made small.")
    static let masked = Key.flag(
        "masked", default: true, "Whether points in bodies are left out of the loss, where there is a mask.")
    static let clip = Key.number("clip", .above(0), "The longest gradient; longer ones are cut to it.")
        .optional(
            otherwise: "none is cut")
    static let average = Key.number(
        "average", .within(0...1),
        "Weights are averaged over steps with this decay, such as 0.999; the average is validated and kept."
    ).optional(otherwise: "no averaging")
    static let patience = Key.integer(
        "patience", 1...1_000_000, unit: "epochs",
        "Epochs without a better validation loss that end the training."
    ).optional(otherwise: "all epochs")
    static let seed = Key.integer("seed", 0...Int.max, default: 1, "Selects starting weights and order.")
    static let threads = Key.integer("threads", 0...4096, default: 0, "Threads; 0 takes all processors.")
    static let precision = Key<Precision>.choice(
        "precision", default: .float32,
        "What the factors of large products, and the activations kept for them, are rounded to while the model learns; sums, "
            + "weights and predictions stay in single precision.")
    static let recompute = Key.flag(
        "recompute", default: false,
        "Whether activations are computed again in the backward pass instead of being kept: less memory, a third more time."
    )
    static let checkpoint = Key.number(
        "checkpoint_minutes", .above(0), default: 10, unit: "minutes", "Time from one checkpoint to the next."
    )
    static let mirrors = Key.words(
        "mirrors", ["x", "y", "z"], default: [],
        "Axes across which samples are mirrored at random; vectors' components along them are reversed. The problem, its "
            + "boundaries included, has to be symmetric.")

    static let turns = Key.flag(
        "turns", default: false,
        "Whether samples are turned by quarter turns at random, with the components of vectors; needs square grids."
    )
    static let exchanges = Key.flag(
        "exchanges", default: false,
        "Whether axes are exchanged at random (transposes), with the components of vectors; needs square grids."
    )
    static let boost = Key.integer(
        "galilean", 0...4096, default: 0, unit: "points a step",
        "Rollouts on periodic grids are seen from frames that move at random, by at most so many points from one time to the next."
    )
    static let scalars = Field(
        "scalars", names, default: "[]",
        "Channels with names of their own that mirrors, turns, exchanges and moving frames leave as they are."
    )
    static let noise = Key.number(
        "noise", .within(0...10), default: 0,
        "Deviation of the noise that is added to the given state of a rollout, as a part of the state's own deviation."
    )
    static let steps = Key.integer(
        "steps", 1...1000, default: 1,
        "Steps that follow each other in training, each from the prediction before; the loss is the mean over them."
    )
    static let pushForward = Key.flag(
        "push_forward", default: false,
        "Whether one step is learned and differentiated, after a random number of others, below `steps`, that make its input."
    )
    private static let rollout = TableSchema(
        "How rollouts are learned; needs a dataset with times.", [steps, pushForward])
    static let penalty = Key.number(
        "weight", .above(0), default: 0.01,
        "What the mean square of the residual is multiplied by before it is added to the loss.")
    static let heatRatio = Key.number("gamma", .above(1), "Ratio of specific heats of an ideal gas.")
        .optional(
            otherwise: "the fluid of the dataset's case; that of air where the dataset has no case")
    private static let residual = TableSchema(
        "A penalty on the residual of the steady Euler equations of the predicted flow, in central finite-volume form; needs the "
            + "outputs density, velocity and pressure.",
        [penalty, heatRatio])

    static let factor = Key.number("factor", .above(0), default: 4, "How much more points at a wall count.")
    static let distance = Key.number(
        "distance", .above(0), default: 0.2, "The distance at which that has fallen to 1/e.")
    private static let nearWall = TableSchema("More weight near walls.", [factor, distance])

    private static let optimiserTable = TableSchema(
        "An optimiser with settings.", name: "optimiser", [], tag: "kind",
        variants: OptimiserRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) })
    private static let scheduleTable = TableSchema(
        "A schedule with settings.", name: "schedule", [], tag: "kind",
        variants: ScheduleRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) })

    private static let optimiser = Field(
        "optimiser",
        .oneOf([.choice(OptimiserRegistry.kinds.map(\.word)), .table(optimiserTable)]), default: "\"adamw\"",
        "How weights change: a word, or a table with `kind` and settings.")
    private static let schedule = Field(
        "schedule", .oneOf([.choice(ScheduleRegistry.kinds.map(\.word)), .table(scheduleTable)]),
        default: "\"cosine\"", "The learning rate over time: a word, or a table with `kind` and settings.")

    private static let data = TableSchema(
        "What is learned.", [file, train, validation, inputs, outputs, points])
    private static let training = TableSchema(
        "How it is learned.",
        [
            epochs, batch, accumulate, optimiser, rate, schedule, loss, masked,
            Field("near_wall", .table(nearWall), "More weight near walls; needs `/sdf` in the dataset."),
            Field("residual", .table(residual), "A penalty where the equations are not fulfilled."),
            Field("rollout", .table(rollout), "How rollouts are learned."),
            noise, mirrors, turns, exchanges, boost, scalars, clip, average, patience, seed, threads,
            precision, recompute, checkpoint,
        ])

    private static let prediction = TableSchema(
        "How the trained model predicts; the model file keeps it.", [averaged, grid])

    static let root = TableSchema(
        "A training file names a dataset, a model, and how the model learns it.",
        [
            Field("data", .table(data), isRequired: true, "What is learned."),
            Field(
                "model", .table(ModelRegistry.table), isRequired: true,
                "The neural operator and its arguments."),
            Field("training", .table(training), "How it is learned."),
            Field("prediction", .table(prediction), "How the trained model predicts."),
        ])

    /// Every key, as Markdown.
    static var markdown: String {
        Reference.markdown(
            title: "Training files",
            introduction:
                "Written from the same description that checks training files. Paths start from the folder of the "
                + "training file.", root)
    }
}
