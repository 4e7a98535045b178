import ArgumentParser
import Pipeline

struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Predict the samples of a dataset with a trained model.",
        discussion: """
            Example:
              hugoniot predict fno.safetensors supersonic-bodies.h5 --split test_mach --output predictions.h5
            """)

    @Argument(help: "The model file (safetensors).", completion: .file(extensions: ["safetensors"]))
    var model: String

    @Argument(help: "The dataset file (HDF5).", completion: .file(extensions: ["h5"]))
    var dataset: String

    @Option(help: "The split that is predicted.")
    var split = "test"

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The prediction file (HDF5).", valueName: "predictions.h5"))
    var output: String

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @Option(help: "Threads, 0 for all.")
    var threads = 0

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if threads < 0 { throw ValidationError("--threads is \(threads); it has to be at least 0") }
    }

    func run() throws {
        try common.perform(
            PredictVerb(
                model: model, dataset: dataset, split: split, output: output, overwrite: overwrite,
                threads: threads))
    }
}
