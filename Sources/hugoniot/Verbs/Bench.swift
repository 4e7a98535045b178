import ArgumentParser
import Pipeline

extension BenchVerb.Subject: ExpressibleByArgument {}

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the solver, and this machine for scale.",
        discussion: """
            Example:
              hugoniot bench machine
              hugoniot bench operators
            """)

    @Argument(help: "What is measured.")
    var subject = BenchVerb.Subject.solver

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "With operators: answer the lines step, predict and info on standard input for one model.",
            valueName: "model points modes batch threads"))
    var serve: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !serve.isEmpty, subject != .operators { throw ValidationError("--serve belongs to operators") }
    }

    func run() throws {
        if serve.isEmpty { return try common.perform(BenchVerb(subject: subject)) }
        var quiet = common
        quiet.quiet = true
        try quiet.perform(OperatorServerVerb(serve))
    }
}
