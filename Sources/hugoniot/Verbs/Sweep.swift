import ArgumentParser
import Pipeline

struct Sweep: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute the samples of a campaign and write their dataset file.",
        discussion: """
            Example:
              hugoniot sweep Cases/campaigns/supersonic-bodies.toml --dry-run
              hugoniot sweep Cases/campaigns/supersonic-bodies.toml --output bodies.h5 --workers 2

            However it ends, --resume goes on: no sample is lost, none is computed twice.
            """)

    @Argument(help: "The sweep file (TOML).", completion: .file(extensions: ["toml"]))
    var sweepFile: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The dataset file (HDF5).", valueName: "dataset.h5"))
    var output: String?

    @Flag(help: "Go on where an interrupted sweep stopped.")
    var resume = false

    @Flag(help: "Replace an existing dataset, and forget an interrupted sweep.")
    var overwrite = false

    @Flag(help: "Show the samples, the hours and the gigabytes, and compute nothing.")
    var dryRun = false

    @Option(help: "Samples that run at the same time; as the sweep file says, if absent.")
    var workers: Int?

    @Option(help: "Take only so many samples, the first of the campaign.")
    var limit: Int?

    @Flag(help: "Submit the samples as a job array to Slurm.")
    var slurm = false

    @Flag(help: .hidden)
    var slurmTask = false

    @Option(help: .hidden)
    var sample: Int?

    @Option(help: .hidden)
    var result: String?

    @Option(help: .hidden)
    var cflFactor = 1.0

    @Option(help: .hidden)
    var fingerprint = ""

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if resume && overwrite {
            throw ValidationError(
                "--resume goes on with what is there, --overwrite replaces it: give one of them")
        }
        for (name, value) in [("workers", workers), ("limit", limit)] {
            if let value, value < 1 {
                throw ValidationError("--\(name) is \(value); it has to be at least 1")
            }
        }
    }

    func run() throws {
        if let sample, let result {
            return try common.perform(
                SampleVerb(
                    sweepPath: sweepFile, number: sample, result: result, cflFactor: cflFactor,
                    fingerprint: fingerprint))
        }
        try common.perform(
            SweepVerb(
                sweepPath: sweepFile, output: output, resume: resume, overwrite: overwrite, isDryRun: dryRun,
                workers: workers, limit: limit, slurm: slurmTask ? .task : slurm ? .submit : nil))
    }
}
