import ArgumentParser
import Pipeline

struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what ran here: inputs, when, how long.",
        discussion: """
            Example:
              hugoniot runs --limit 5
            """)

    @Option(help: "How many runs, the newest first.")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is \(limit); it has to be at least 1") }
    }

    func run() throws { try common.perform(RunsVerb(limit: limit)) }
}
