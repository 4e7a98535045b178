import ArgumentParser
import Pipeline

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a neural operator on a dataset.",
        discussion: """
            Example:
              hugoniot train Cases/trainings/supersonic-bodies-fno.toml --output fno.safetensors
              hugoniot predict fno.safetensors supersonic-bodies.h5 --output predictions.h5

            Ctrl-C and SIGTERM leave a checkpoint, with which --resume goes on to the same weights.
            """)

    @Argument(help: "The training file (TOML).", completion: .file(extensions: ["toml"]))
    var trainingFile: String

    @Option(help: ArgumentHelp("The dataset; as the file says, if absent.", valueName: "dataset.h5"))
    var data: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The model file.", valueName: "model.safetensors"))
    var output: String?

    @Flag(help: "Go on where an interrupted training stopped.")
    var resume = false

    @Flag(help: "Replace an existing model, and forget an interrupted training.")
    var overwrite = false

    @Flag(
        help:
            "Train no model, but find a good learning rate: a table and a picture of the loss over the rate.")
    var sweepRates = false

    @Option(help: "Passes over the training split; as the file says, if absent.")
    var epochs: Int?

    @Option(help: "Selects all random numbers; as the file says, if absent.")
    var seed: UInt64?

    @Option(help: "Threads, 0 for all; as the file says, if absent.")
    var threads: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if resume && overwrite {
            throw ValidationError(
                "--resume goes on with what is there, --overwrite replaces it: give one of them")
        }
        if let epochs, epochs < 1 { throw ValidationError("--epochs is \(epochs); it has to be at least 1") }
        if let threads, threads < 0 {
            throw ValidationError("--threads is \(threads); it has to be at least 0")
        }
    }

    func run() throws {
        let verb = TrainVerb(
            path: trainingFile, dataset: data, output: output, resume: resume, overwrite: overwrite,
            epochs: epochs, seed: seed, threads: threads)
        if sweepRates { try common.perform(verb.rateSweep) } else { try common.perform(verb) }
    }
}
