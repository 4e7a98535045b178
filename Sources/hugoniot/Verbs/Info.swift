import ArgumentParser
import Pipeline

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what a file holds.",
        discussion: """
            Example:
              hugoniot info quadrants.h5
            """)

    @Argument(help: "The file.", completion: .file(extensions: ["h5"]))
    var file: String

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(InfoVerb(path: file)) }
}
