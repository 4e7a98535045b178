import ArgumentParser
import Pipeline

struct Calibrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit the parameters of a model to observations.",
        discussion: """
            Example:
              hugoniot calibrate Cases/calibrations/sod-sensors.toml --output sod.h5
              hugoniot plot sod.h5

            The model is the solver, an outside program or a formula. Every answer is on disk before the next point is \
            asked for: however it ends, --resume goes on.
            """)

    @Argument(help: "The calibration file (TOML).", completion: .file(extensions: ["toml"]))
    var calibrationFile: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The result file (HDF5).", valueName: "result.h5"))
    var output: String?

    @Flag(help: "Go on where an interrupted calibration stopped.")
    var resume = false

    @Flag(help: "Replace an existing result, and forget an interrupted calibration.")
    var overwrite = false

    @Option(help: "Points that may be evaluated; as the file says, if absent.")
    var budget: Int?

    @Option(help: "Runs at the same time; as the file says, if absent.")
    var workers: Int?

    @Option(help: "Selects all random numbers; as the file says, if absent.")
    var seed: UInt64?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if resume && overwrite {
            throw ValidationError(
                "--resume goes on with what is there, --overwrite replaces it: give one of them")
        }
        for (name, value) in [("workers", workers), ("budget", budget)] {
            if let value, value < 1 {
                throw ValidationError("--\(name) is \(value); it has to be at least 1")
            }
        }
    }

    func run() throws {
        try common.perform(
            CalibrateVerb(
                path: calibrationFile, output: output, resume: resume, overwrite: overwrite, budget: budget,
                workers: workers, seed: seed))
    }
}
