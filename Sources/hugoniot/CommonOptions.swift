import ArgumentParser
import Pipeline

/// What every verb understands.
struct CommonOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "No progress and no summary; errors and answers only.")
    var quiet = false

    /// Performs the verb; any ending but a good one leaves through its exit code.
    func perform(_ verb: some Verb) throws {
        let status = Console(Console.Manner(json: json, quiet: quiet)).perform(verb)
        if status != .done { throw ExitCode(status.rawValue) }
    }
}
