import ArgumentParser
import Pipeline

extension CheckCasesVerb.Tier: ExpressibleByArgument {}

struct CheckCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-cases",
        abstract: "Run cases and compare them with what they expect.",
        discussion: """
            Example:
              hugoniot check-cases Cases --tier quick

            Exit code 3 where a result is outside of its tolerance.
            """)

    @Argument(help: "Case files, and folders of case files.")
    var paths: [String] = ["Cases"]

    @Option(help: "Which cases run.")
    var tier = CheckCasesVerb.Tier.quick

    @Option(help: "Only cases whose file name or title contains this text.")
    var filter: String?

    @Flag(help: "Rewrite the expected values that drifted with what came out.")
    var accept = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(CheckCasesVerb(paths: paths, tier: tier, filter: filter, accept: accept))
    }
}
