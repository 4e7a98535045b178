/// Fits the parameters of a model to observations.
public struct CalibrateVerb: Verb {
    /// The calibration file.
    public var path: String
    /// The result file; nil: in the working folder, named after the calibration file.
    public var output: String?
    /// Goes on with an interrupted calibration.
    public var resume: Bool
    /// Replaces an existing result, and forgets an interrupted calibration.
    public var overwrite: Bool
    /// Points that may be evaluated; nil: as the file says.
    public var budget: Int?
    /// Runs at the same time; nil: as the file says.
    public var workers: Int?
    /// Selects all random numbers; nil: as the file says.
    public var seed: UInt64?
    /// The trained operator that the search runs on; nil: as the file says.
    public var operatorPath: String?
    /// The dataset that it was trained on; nil: as the file says.
    public var dataset: String?

    /// A calibration as the command line describes it.
    public init(
        path: String, output: String? = nil, resume: Bool = false, overwrite: Bool = false,
        budget: Int? = nil,
        workers: Int? = nil, seed: UInt64? = nil, operatorPath: String? = nil, dataset: String? = nil
    ) {
        self.path = path
        self.output = output
        self.resume = resume
        self.overwrite = overwrite
        self.budget = budget
        self.workers = workers
        self.seed = seed
        self.operatorPath = operatorPath
        self.dataset = dataset
    }

    /// Carries it out. Failed runs of the model and interruption are part of the report, not errors.
    public func perform(on console: Console) throws -> CalibrationReport {
        try CalibrationSession(plan: CalibrationPlan(self), verb: self, console: console).run()
    }
}
