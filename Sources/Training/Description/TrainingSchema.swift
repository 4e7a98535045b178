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
    static let checkpoint = Key.number(
        "checkpoint_minutes", .above(0), default: 10, unit: "minutes", "Time from one checkpoint to the next."
    )
    static let mirrors = Key.words(
        "mirrors", ["x", "y", "z"], default: [],
        "Axes across which samples are mirrored at random; vectors' components along them are reversed.")

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

    private static let data = TableSchema("What is learned.", [file, train, validation, inputs, outputs])
    private static let training = TableSchema(
        "How it is learned.",
        [
            epochs, batch, accumulate, optimiser, rate, schedule, loss, masked,
            Field("near_wall", .table(nearWall), "More weight near walls; needs `/sdf` in the dataset."),
            mirrors, clip, average, patience, seed, threads, checkpoint,
        ])

    static let root = TableSchema(
        "A training file names a dataset, a model, and how the model learns it.",
        [
            Field("data", .table(data), isRequired: true, "What is learned."),
            Field(
                "model", .table(ModelRegistry.table), isRequired: true,
                "The neural operator and its arguments."),
            Field("training", .table(training), "How it is learned."),
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
