/// Computes a case and writes its run file.
public struct RunVerb: Verb {
    /// The case file.
    public var casePath: String
    /// The run file; nil: in the working folder, named after the case.
    public var output: String?
    /// `key=value` pairs that replace keys of the case, applied in order.
    public var overrides: [String]
    /// Goes on from the checkpoint of an interrupted run.
    public var resume: Bool
    /// Replaces an existing run file.
    public var overwrite: Bool
    /// Tells what would be computed, and computes nothing.
    public var isDryRun: Bool

    /// A run as the command line describes it.
    public init(
        casePath: String, output: String? = nil, overrides: [String] = [], resume: Bool = false,
        overwrite: Bool = false, isDryRun: Bool = false
    ) {
        self.casePath = casePath
        self.output = output
        self.overrides = overrides
        self.resume = resume
        self.overwrite = overwrite
        self.isDryRun = isDryRun
    }

    /// Computes the case. Divergence and interruption are reports, not errors: the run file holds what was
    /// reached.
    public func perform(on console: Console) throws -> RunReport {
        let plan = try RunPlan(self)
        if isDryRun { return RunReport.planned(plan) }
        return try RunSession(plan: plan, verb: self, console: console).run()
    }
}
