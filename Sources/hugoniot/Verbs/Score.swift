import ArgumentParser
import Pipeline

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score a model, or its predictions, on a dataset, with baselines beside it.",
        discussion: """
            Example:
              hugoniot score model.safetensors bodies.h5 --pictures worst
              hugoniot score predictions.h5 bodies.h5 --split test --json

            M1 is the error of the whole field, M2 that along bodies, M3 the residual of the governing equations, each \
            from 0 (predicts nothing) to 100 (as good as the computation).
            """)

    @Argument(
        help: "The model (safetensors), or its predictions (HDF5).",
        completion: .file(extensions: ["safetensors", "h5"]))
    var predictions: String

    @Argument(help: "The dataset file (HDF5).", completion: .file(extensions: ["h5"]))
    var dataset: String

    @Option(
        name: .customLong("split"), help: "A split; may be repeated. All test splits, if absent.")
    var splits: [String] = []

    @Option(help: "How errors are averaged.")
    var variant: ScoreVerb.Variant = .exact

    @Option(
        name: .customLong("gamma"),
        help:
            "The ratio of specific heats of compressible data whose file does not tell the gas. (default: 1.4)"
    )
    var heatRatio: Double?

    @Flag(inversion: .prefixedNo, help: "Score mean field, nearest neighbour and linear regression too.")
    var baselines = true

    @Option(help: ArgumentHelp("Draw the worst samples into a folder.", valueName: "folder"))
    var pictures: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            ScoreVerb(
                path: predictions, dataset: dataset, splits: splits, variant: variant, heatRatio: heatRatio,
                hasBaselines: baselines, pictures: pictures))
    }
}

extension ScoreVerb.Variant: ExpressibleByArgument {}
