import ArgumentParser
import Pipeline

extension BenchVerb.Subject: ExpressibleByArgument {}

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the solver, the operators and the calibrator, and this machine for scale.",
        discussion: """
            Example:
              hugoniot bench machine
              hugoniot bench operators
              hugoniot bench surrogate --model fno.safetensors --sweep Cases/campaigns/supersonic-bodies.toml
            """)

    @Argument(help: "What is measured.")
    var subject = BenchVerb.Subject.solver

    @Option(help: ArgumentHelp("With surrogate: the model file.", valueName: "model.safetensors"))
    var model: String?

    @Option(help: ArgumentHelp("With surrogate: the sweep file of its dataset.", valueName: "sweep.toml"))
    var sweep: String?

    @Option(help: "With surrogate: how many samples of the split test are computed and predicted.")
    var samples = 3

    @Option(help: "With surrogate: threads of solver and model, 0 for all.")
    var threads = 1

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "With operators: answer the lines step, predict and info on standard input for one model.",
            valueName: "model points modes batch threads"))
    var serve: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !serve.isEmpty, subject != .operators { throw ValidationError("--serve belongs to operators") }
        if subject == .surrogate, model == nil || sweep == nil {
            throw ValidationError("surrogate needs --model and --sweep")
        }
        if samples < 1 { throw ValidationError("--samples is \(samples); it has to be at least 1") }
        if threads < 0 { throw ValidationError("--threads is \(threads); it has to be at least 0") }
    }

    func run() throws {
        if let model, let sweep, subject == .surrogate {
            return try common.perform(
                SurrogateBenchVerb(model: model, sweep: sweep, samples: samples, threads: threads))
        }
        if serve.isEmpty { return try common.perform(BenchVerb(subject: subject)) }
        var quiet = common
        quiet.quiet = true
        try quiet.perform(OperatorServerVerb(serve))
    }
}
