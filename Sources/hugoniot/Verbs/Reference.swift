import ArgumentParser
import Pipeline

struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the reference of every key of the files that people write (Markdown).",
        discussion: """
            Example:
              hugoniot reference sweep --output sweeps.md
            """)

    @Argument(help: "The kind of files.")
    var kind: InputKind = .flow

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The page; standard output where absent.", valueName: "page.md"))
    var output: String?

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(ReferenceVerb(kind: kind, output: output, overwrite: overwrite))
    }
}

extension InputKind: ExpressibleByArgument {}
