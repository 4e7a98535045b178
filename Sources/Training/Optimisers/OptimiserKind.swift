import Schema
import Tensors

/// An optimiser as a file names it: its word, its settings and its construction, in one place.
///
/// Adding one is one static value of this type, one line in ``OptimiserRegistry`` and one row in the conformance test.
public struct OptimiserKind: Sendable {
    /// The value of `kind`.
    public let word: String
    /// One line for the reference.
    public let summary: String
    /// The learning rate where the file has none.
    public let learningRate: Double
    /// Its settings.
    public let keys: [any SchemaKey]
    /// The optimiser with the settings of a table and a learning rate.
    public let build: @Sendable (Section, Double) -> any Optimiser<Float>
}

/// Every optimiser that a file can name.
public enum OptimiserRegistry {
    /// In the order of the reference.
    public static let kinds: [OptimiserKind] = [
        .adam, .gradientDescent, .limitedMemoryBFGS, .sharpnessAware,
    ]
}

extension OptimiserKind {
    private static let decay = Key.number(
        "weight_decay", .within(0...1), default: 1e-4, "How fast weights shrink, as a part of the rate.")
    private static let first = Key.number(
        "first_decay", .within(0...1), default: 0.9, "β₁: how long gradients are remembered.")
    private static let second = Key.number(
        "second_decay", .within(0...1), default: 0.999, "β₂: how long their squares are.")

    private static func makeAdam(_ section: Section, _ rate: Double) -> AdamW<Float> {
        AdamW(
            learningRate: rate, decays: (section[first], section[second]), weightDecay: section[decay])
    }

    static let adam = OptimiserKind(
        word: "adamw", summary: "Adam with decoupled weight decay.", learningRate: 1e-3,
        keys: [decay, first, second], build: makeAdam)

    private static let momentum = Key.number(
        "momentum", .within(0...1), default: 0.9, "How much of the last step is taken again.")
    private static let lookAhead = Key.flag(
        "nesterov", default: false, "Whether the gradient looks ahead along the momentum.")

    static let gradientDescent = OptimiserKind(
        word: "sgd", summary: "Gradient descent with momentum.", learningRate: 1e-2,
        keys: [momentum, lookAhead, decay]
    ) { section, rate in
        GradientDescent(
            learningRate: rate, momentum: section[momentum], weightDecay: section[decay],
            isNesterov: section[lookAhead])
    }

    private static let memory = Key.integer("memory", 1...1000, default: 10, "Changes that are remembered.")

    static let limitedMemoryBFGS = OptimiserKind(
        word: "lbfgs", summary: "Limited-memory BFGS; for batches that hold the whole split.",
        learningRate: 0.1,
        keys: [memory]
    ) { section, rate in LimitedMemoryBFGS(learningRate: rate, memory: section[memory]) }

    private static let radius = Key.number(
        "radius", .above(0), default: 0.05, "How far away the gradient is taken.")

    static let sharpnessAware = OptimiserKind(
        word: "sam", summary: "Sharpness-aware minimisation around adamw; each step costs two.",
        learningRate: 1e-3, keys: [radius, decay, first, second]
    ) { section, rate in SharpnessAware(makeAdam(section, rate), radius: section[radius]) }
}
