import Schema

/// Where a training is when its learning rate is asked for.
public struct TrainingMoment: Sendable {
    /// Steps taken.
    public var step: Int
    /// Steps of one epoch.
    public var stepsPerEpoch: Int
    /// Epochs that are planned.
    public var epochs: Int
    /// The validation loss after every epoch so far.
    public var validationLosses: [Double]

    /// A moment.
    public init(step: Int, stepsPerEpoch: Int, epochs: Int, validationLosses: [Double] = []) {
        self.step = step
        self.stepsPerEpoch = stepsPerEpoch
        self.epochs = epochs
        self.validationLosses = validationLosses
    }

    /// Epochs that are over.
    var epoch: Double { Double(step) / Double(max(1, stepsPerEpoch)) }
    /// The part of the training that is over, 0…1.
    var fraction: Double { min(1, epoch / Double(max(1, epochs))) }
}

/// The learning rate over a training, as a factor of the highest one.
///
/// A function of what has happened, without a state of its own, so that a resumed training sees the same rates.
public protocol Schedule: Sendable {
    /// The factor for the next step.
    func factor(at moment: TrainingMoment) -> Double
}

/// A schedule as a file names it: its word, its settings and its construction, in one place.
///
/// Adding one is one file that declares a schedule and a static value of this type, one line in ``ScheduleRegistry`` and
/// one row in the conformance test.
public struct ScheduleKind: Sendable {
    /// The value of `kind`.
    public let word: String
    /// One line for the reference.
    public let summary: String
    /// Its settings.
    public let keys: [any SchemaKey]
    /// The schedule with the settings of a table.
    public let build: @Sendable (Section) -> any Schedule

    init(
        _ word: String, _ summary: String, _ keys: [any SchemaKey] = [],
        build: @escaping @Sendable (Section) -> any Schedule
    ) {
        self.word = word
        self.summary = summary
        self.keys = keys
        self.build = build
    }
}

/// Every schedule that a file can name.
public enum ScheduleRegistry {
    /// In the order of the reference.
    public static let kinds: [ScheduleKind] = [.constant, .cosine, .oneCycle, .step, .plateau]
}
