import ArgumentParser
import Pipeline

struct Geometry: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sample a shape onto a grid: signed distance and mask.",
        discussion: """
            Example:
              hugoniot geometry wing.toml --grid 512x256 --output wing.h5
              hugoniot plot wing.h5

            Shapes come from TOML (the keys of [[body]] in a case), surfaces (.stl, .obj, .csv, .dat),
            pictures (.png), arrays (.npy, .h5), geometry files and run files (.h5).
            """)

    @Argument(
        help: "The shape.",
        completion: .file(extensions: ["toml", "stl", "obj", "csv", "dat", "png", "npy", "h5"]))
    var shape: String

    @Option(help: ArgumentHelp("Cells along each axis.", valueName: "NXxNY[xNZ]"))
    var grid: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The lower corner of the box (default: the shape's, with padding).", valueName: "x,y[,z]"))
    var lower: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The upper corner of the box.", valueName: "x,y[,z]"))
    var upper: String?

    @Option(help: "Room around the shape, as a share of its longest side.")
    var padding = 0.2

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The geometry file (default: named after the shape).", valueName: "shape.h5"))
    var output: String?

    @Option(help: ArgumentHelp("The array in an HDF5 file of another program.", valueName: "/path"))
    var dataset: String?

    @Flag(help: "Keep what a mask knows: the distance is that of the cells that are solid.")
    var mask = false

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            GeometryVerb(
                path: shape, grid: grid, box: (lower, upper), padding: padding, output: output,
                dataset: dataset, isMask: mask, overwrite: overwrite))
    }
}
