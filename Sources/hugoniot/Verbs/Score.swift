import ArgumentParser
import Pipeline
import Scoring

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score predictions of a dataset, with baselines beside them.",
        discussion: """
            Example:
              hugoniot predict model.safetensors bodies.h5 --split test --output predictions.h5
              hugoniot score predictions.h5 bodies.h5 --pictures worst

            M1 is the error of the whole field, M2 that along bodies, M3 the residual of the governing equations, each \
            from 0 (predicts nothing) to 100 (as good as the computation).
            """)

    @Argument(help: "The prediction file (HDF5).", completion: .file(extensions: ["h5"]))
    var predictions: String

    @Argument(help: "The dataset file (HDF5).", completion: .file(extensions: ["h5"]))
    var dataset: String

    @Option(
        name: .customLong("split"), help: "A split; may be repeated. All predicted test splits, if absent.")
    var splits: [String] = []

    @Option(help: "How errors are averaged.")
    var variant: UnifiedScore.Variant = .exact

    @Option(help: "The ratio of specific heats of compressible data.")
    var gamma = 1.4

    @Flag(inversion: .prefixedNo, help: "Score mean field, nearest neighbour and linear regression too.")
    var baselines = true

    @Option(help: ArgumentHelp("Draw the worst samples into a folder.", valueName: "folder"))
    var pictures: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            ScoreVerb(
                path: predictions, dataset: dataset, splits: splits, variant: variant, gamma: gamma,
                hasBaselines: baselines, pictures: pictures))
    }
}

extension UnifiedScore.Variant: ExpressibleByArgument {}
