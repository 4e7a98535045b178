/// Carries out a campaign: computes its samples in parallel processes and writes its dataset file.
public struct SweepVerb: Verb {
    /// The sweep file.
    public var sweepPath: String
    /// The dataset file; nil: in the working folder, named after the sweep file.
    public var output: String?
    /// Goes on with an interrupted sweep.
    public var resume: Bool
    /// Replaces an existing dataset and forgets an interrupted sweep.
    public var overwrite: Bool
    /// Tells what would be computed and how long that takes, and computes nothing but a few steps.
    public var isDryRun: Bool
    /// Samples that run at the same time; nil: as the sweep file says.
    public var workers: Int?
    /// Takes only so many samples, the first of the campaign.
    public var limit: Int?
    /// How a cluster under Slurm takes part.
    public var slurm: SlurmPart?

    /// What a cluster under Slurm does.
    public enum SlurmPart: String, Sendable {
        /// Hands a job array to the cluster.
        case submit
        /// Is one task of that array: computes samples, and leaves the dataset to the last job.
        case task
    }

    /// A sweep as the command line describes it.
    public init(
        sweepPath: String, output: String? = nil, resume: Bool = false, overwrite: Bool = false,
        isDryRun: Bool = false, workers: Int? = nil, limit: Int? = nil, slurm: SlurmPart? = nil
    ) {
        self.sweepPath = sweepPath
        self.output = output
        self.resume = resume
        self.overwrite = overwrite
        self.isDryRun = isDryRun
        self.workers = workers
        self.limit = limit
        self.slurm = slurm
    }

    /// Carries the campaign out. Samples that fail and interruption are reports, not errors.
    public func perform(on console: Console) throws -> SweepReport {
        let plan = try SweepPlan(self)
        if isDryRun { return try SweepEstimate(plan, console: console).report() }
        switch slurm {
        case .submit: return try SlurmSubmission(plan: plan, verb: self, console: console).submit()
        case .task: return try SlurmTask(plan: plan, console: console).run()
        case nil: return try SweepSession(plan: plan, verb: self, console: console).run()
        }
    }
}
