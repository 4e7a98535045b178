import ArgumentParser
import Pipeline

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what this machine offers, and how to get what is missing.",
        discussion: """
            Example:
              hugoniot doctor --json
            """)

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(DoctorVerb()) }
}
