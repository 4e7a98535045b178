import ArgumentParser
import Pipeline

struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the reference of every key of a case file (Markdown).",
        discussion: """
            Example:
              hugoniot reference --output Cases/REFERENCE.md
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The page; standard output where absent.", valueName: "page.md"))
    var output: String?

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(ReferenceVerb(output: output)) }
}
