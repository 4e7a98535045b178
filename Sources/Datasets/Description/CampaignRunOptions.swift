import Schema

/// How the samples of a campaign are run.
public struct CampaignRunOptions: Sendable, Equatable {
    /// Samples that run at the same time; 0: as many as the machine has cores for.
    public var workers: Int
    /// Threads of each.
    public var threads: Int
    /// How often a sample that failed is tried again.
    public var retries: Int
    /// Seconds of wall time after which a sample is stopped and has failed; nil: none.
    public var timeout: Double?
    /// Failed samples after which the campaign stops; nil: it goes on whatever happens.
    public var maximumFailures: Int?

    /// Options, by default those of a file without `[run]`.
    public init(
        workers: Int = 0, threads: Int = 1, retries: Int = 0, timeout: Double? = nil,
        maximumFailures: Int? = nil
    ) {
        self.workers = workers
        self.threads = threads
        self.retries = retries
        self.timeout = timeout
        self.maximumFailures = maximumFailures
    }
}

/// `[run]`
enum CampaignRunSchema {
    private static let workers = Key.integer(
        "workers", 0...4096, default: 0, "Samples that run at the same time; 0: one for each core.")
    private static let threads = Key.integer("threads", 1...4096, default: 1, "Threads of each sample.")
    private static let retries = Key.integer(
        "retries", 0...100, default: 0, "How often a sample that failed is tried again.")
    private static let timeout = Key.number(
        "timeout", .above(0), unit: "s", "Wall time after which a sample is stopped and has failed."
    ).optional(otherwise: "none")
    private static let failures = Key.integer(
        "maximum_failures", 0...Int.max, "Failed samples after which the campaign stops."
    ).optional(otherwise: "it goes on")

    static let table = TableSchema(
        "How samples are run.", [workers, threads, retries, timeout, failures])

    static func read(_ section: Section) -> CampaignRunOptions {
        CampaignRunOptions(
            workers: section[workers], threads: section[threads], retries: section[retries],
            timeout: section[timeout], maximumFailures: section[failures])
    }
}

/// How a cluster under Slurm runs the samples.
public struct SlurmOptions: Sendable, Equatable {
    /// Tasks of the job array; each takes samples until none is left.
    public var tasks: Int
    /// Partition; nil: the cluster's own choice.
    public var partition: String?
    /// Account that pays; nil: the user's own.
    public var account: String?
    /// Longest time of a task, in Slurm's form `HH:MM:SS`; nil: the partition's own.
    public var timeLimit: String?
    /// Memory of a task, in Slurm's form `4G`; nil: the partition's own.
    public var memory: String?
    /// Further options for `sbatch`, one each.
    public var options: [String]
    /// Shell lines that run before the samples, such as `module load`.
    public var setup: [String]
}

/// `[slurm]`
enum SlurmSchema {
    private static let tasks = Key.integer(
        "tasks", 1...100_000, default: 4, "Tasks of the job array; each takes samples until none is left.")
    private static let partition = Key.text("partition", "Partition.").optional(
        otherwise: "the cluster's own")
    private static let account = Key.text("account", "Account that pays.").optional(
        otherwise: "the user's own")
    private static let timeLimit = Key.text("time", "Longest time of a task: `02:00:00`.").optional(
        otherwise: "the partition's own")
    private static let memory = Key.text("memory", "Memory of a task: `4G`.").optional(
        otherwise: "the partition's own")
    private static let options = texts("options", "Further options for `sbatch`: `\"--constraint=avx2\"`.")
    private static let setup = texts("setup", "Shell lines that run before the samples: `\"module load …\"`.")

    static let table = TableSchema(
        "How a cluster under Slurm runs the samples.",
        [tasks, partition, account, timeLimit, memory, options, setup])

    static func read(_ section: Section) -> SlurmOptions {
        SlurmOptions(
            tasks: section[tasks], partition: section[partition], account: section[account],
            timeLimit: section[timeLimit], memory: section[memory], options: section[options],
            setup: section[setup])
    }

    private static func texts(_ name: String, _ summary: String) -> Key<[String]> {
        Key<[String]>(Field(name, .list(.text, .any), default: "[]", summary), fallback: []) { node, _ in
            node.elements.compactMap(\.text)
        }
    }
}
