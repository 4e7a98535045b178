/// Trains a neural operator on a dataset.
public struct TrainVerb: Verb {
    /// The training file.
    public var path: String
    /// The dataset; nil: as the file says.
    public var dataset: String?
    /// The model file; nil: in the working folder, named after the training file.
    public var output: String?
    /// Goes on with an interrupted training.
    public var resume: Bool
    /// Replaces an existing model, and forgets an interrupted training.
    public var overwrite: Bool
    /// Passes over the training split; nil: as the file says.
    public var epochs: Int?
    /// Selects all random numbers; nil: as the file says.
    public var seed: UInt64?
    /// Threads; nil: as the file says.
    public var threads: Int?

    /// A training as the command line describes it.
    public init(
        path: String, dataset: String? = nil, output: String? = nil, resume: Bool = false,
        overwrite: Bool = false, epochs: Int? = nil,
        seed: UInt64? = nil, threads: Int? = nil
    ) {
        self.path = path
        self.dataset = dataset
        self.output = output
        self.resume = resume
        self.overwrite = overwrite
        self.epochs = epochs
        self.seed = seed
        self.threads = threads
    }

    /// The same training asked for a good learning rate instead.
    public var rateSweep: RateSweepVerb { RateSweepVerb(training: self) }

    /// Carries it out. Interruption is part of the report, not an error.
    public func perform(on console: Console) throws -> TrainReport {
        try TrainSession(train: TrainPlan(self), verb: self, console: console).run()
    }
}
