import ArgumentParser
import Pipeline

struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw a field of a run file as SVG, PNG or PDF.",
        discussion: """
            Example:
              hugoniot plot quadrants.h5 --field schlieren --time 0.5 --output quadrants.png
            """)

    @Argument(help: "The run file (HDF5).", completion: .file(extensions: ["h5"]))
    var file: String

    @Option(help: "The field, stored or derived.")
    var field = "density"

    @Option(help: "The snapshot: first, last, or a time.")
    var time = "last"

    @Option(help: ArgumentHelp("The slice of a 3-D field.", valueName: "x|y|z[=position]"))
    var slice: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The picture.", valueName: "figure.svg|png|pdf"))
    var output: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(PlotVerb(path: file, field: field, time: time, slice: slice, output: output))
    }
}
