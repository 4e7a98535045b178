import ArgumentParser
import Pipeline

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check case files and shape files without running them.",
        discussion: """
            Example:
              hugoniot validate Cases/*.toml
            """)

    @Argument(help: "The files to check.", completion: .file(extensions: ["toml"]))
    var files: [String]

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(ValidateVerb(paths: files)) }
}
