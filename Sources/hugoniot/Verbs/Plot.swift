import ArgumentParser
import Pipeline

struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw a run, a geometry, a dataset or a calibration as SVG, PNG or PDF.",
        discussion: """
            Example:
              hugoniot plot quadrants.h5 --field schlieren --time 0.6 --output quadrants.png
              hugoniot plot cylinder.h5 --field mach --streamlines
              hugoniot plot quadrants.h5 --animate --output quadrants.mp4
              hugoniot plot cylinder.h5 --surface
              hugoniot plot dataset.h5 --parameters
              hugoniot plot calibration.h5 --show fit

            Fields: what the file stores, and what follows from it, such as schlieren, mach, temperature,
            speed and vorticity_z. A geometry file shows its signed distance, a dataset some of its samples.
            """)

    @Argument(help: "The run file, geometry file or dataset (HDF5).", completion: .file(extensions: ["h5"]))
    var file: String

    @Option(help: "The field (default: all in one dimension, density in more).")
    var field: String?

    @Flag(help: "Short for --field schlieren.")
    var schlieren = false

    @Flag(help: "Drag and lift of the bodies over time.")
    var forces = false

    @Flag(help: "The pressure coefficient along the walls of the bodies in the last state.")
    var surface = false

    @Flag(help: "The parameters of a dataset against each other, coloured by split.")
    var parameters = false

    @Option(
        help: ArgumentHelp(
            "Of a calibration: convergence, fit, parameters, corner, spectrum or profiles.",
            valueName: "figure"))
    var show: String?

    @Option(
        help: ArgumentHelp(
            "The snapshot: the nearest to a time, or by number.", valueName: "first|last|time|#n"))
    var time = "last"

    @Option(help: ArgumentHelp("The slice of a 3-D field.", valueName: "x|y|z[=position]"))
    var slice: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The picture (default: a PNG beside the run file).", valueName: "figure.svg|png|pdf"))
    var output: String?

    @Option(help: "The colour map: viridis, inferno, cividis, coolwarm, grey.")
    var colors: String?

    @Option(help: ArgumentHelp("The values at the ends of the colours.", valueName: "lower:upper"))
    var range: String?

    @Option(help: "Contour lines over the colours.")
    var contours = 0

    @Flag(help: "Lines along the velocity over a field in the plane.")
    var streamlines = false

    @Flag(help: "Arrows of the velocity over a field in the plane.")
    var arrows = false

    @Flag(
        help:
            "All snapshots as an animation: .mp4 or .webm through ffmpeg, .png everywhere (default: a film where possible)."
    )
    var animate = false

    @Option(help: ArgumentHelp("Pictures a second of an animation.", valueName: "1...100"))
    var fps = 10.0

    @Option(help: "The size: column, page, wide, slide.")
    var size = "page"

    @Option(help: "The title (default: the case's, with the time).")
    var title: String?

    @Flag(help: "Replace an existing picture.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if schlieren, field != nil { throw ValidationError("give --field or --schlieren, not both") }
        let subjects = [field != nil || schlieren, forces, surface, parameters, show != nil].filter { $0 }
        if subjects.count > 1 {
            throw ValidationError("give one of --field, --forces, --surface, --parameters and --show")
        }
        if streamlines, arrows { throw ValidationError("give --streamlines or --arrows, not both") }
        guard (1...100).contains(fps) else { throw ValidationError("--fps is \(fps); allowed: 1 to 100") }
        guard (0...1000).contains(contours) else {
            throw ValidationError("--contours is \(contours); allowed: 0 to 1000")
        }
    }

    private var subject: PlotVerb.Subject {
        if let show { return .calibration(show) }
        if forces { return .forces }
        if surface { return .surface }
        return parameters ? .parameters : .field
    }

    func run() throws {
        let vectors = streamlines ? "streamlines" : arrows ? "arrows" : nil
        let look = PlotVerb.Look(
            colors: colors, range: range, contours: contours, size: size, title: title, vectors: vectors)
        var verb = PlotVerb(
            path: file, subject: subject,
            field: schlieren ? "schlieren" : field, time: time, slice: slice, output: output, look: look)
        if animate { verb.framesPerSecond = fps }
        verb.overwrite = overwrite
        try common.perform(verb)
    }
}
