import ArgumentParser
import Pipeline

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute a case and write its run file.",
        discussion: """
            Example:
              hugoniot run Cases/sod.toml --set domain.cells=[800] --output sod.h5

            Ctrl-C and SIGTERM leave a checkpoint that --resume takes up.
            """)

    @Argument(help: "The case file (TOML).", completion: .file(extensions: ["toml"]))
    var caseFile: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The run file (HDF5).", valueName: "run.h5"))
    var output: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Replace a key of the case; may be repeated.", valueName: "key=value"))
    var overrides: [String] = []

    @Option(help: ArgumentHelp("How numbers are kept.", valueName: "float64|float32|scaled16|float16"))
    var storage: String?

    @Flag(help: "Go on where an interrupted run stopped.")
    var resume = false

    @Flag(help: "Replace an existing run file.")
    var overwrite = false

    @Flag(help: "Tell what would be computed, and compute nothing.")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if resume && overwrite {
            throw ValidationError(
                "--resume goes on with what is there, --overwrite replaces it: give one of them")
        }
    }

    func run() throws {
        let storageOverride = storage.map { ["numerics.storage=\"\($0)\""] } ?? []
        try common.perform(
            RunVerb(
                casePath: caseFile, output: output, overrides: overrides + storageOverride, resume: resume,
                overwrite: overwrite, isDryRun: dryRun))
    }
}
