import ArgumentParser
import Pipeline

extension BenchVerb.Subject: ExpressibleByArgument {}

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the solver, and this machine for scale.",
        discussion: """
            Example:
              hugoniot bench machine
            """)

    @Argument(help: "What is measured.")
    var subject = BenchVerb.Subject.solver

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(BenchVerb(subject: subject)) }
}
