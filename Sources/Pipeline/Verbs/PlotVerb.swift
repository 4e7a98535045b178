import Archive
import Figures
import Foundation

/// Draws a field of a run file.
public struct PlotVerb: Verb {
    /// How the picture looks, where the data do not decide.
    public struct Look: Sendable {
        /// The name of a colour map.
        public var colors: String?
        /// The values at the ends of the colours, "lower:upper".
        public var range: String?
        /// Contour lines over the colours.
        public var contours: Int
        /// The name of a size: column, page, wide, slide.
        public var size: String
        /// The title; nil: the case's, with the time.
        public var title: String?

        /// The data decide, unless said otherwise.
        public init(
            colors: String? = nil, range: String? = nil, contours: Int = 0, size: String = "page",
            title: String? = nil
        ) {
            self.colors = colors
            self.range = range
            self.contours = contours
            self.size = size
            self.title = title
        }
    }

    /// The run file.
    public var path: String
    /// The field: stored, or derived from stored fields; nil: all stored ones in one dimension, density in
    /// more.
    public var field: String?
    /// The snapshot: "first", "last", "#index", or a time (the nearest snapshot is drawn).
    public var time: String
    /// The slice of a 3-D field: "x", "y" or "z", with "=position" where not in the middle; nil: all three
    /// middles.
    public var slice: String?
    /// The picture; its suffix chooses SVG, PNG or PDF. Nil: a PNG beside the run file.
    public var output: String?
    /// How the picture looks.
    public var look: Look

    /// A picture as the command line describes it.
    public init(
        path: String, field: String? = nil, time: String = "last", slice: String? = nil,
        output: String? = nil,
        look: Look = Look()
    ) {
        self.path = path
        self.field = field
        self.time = time
        self.slice = slice
        self.output = output
        self.look = look
    }

    /// Draws the picture. Throws `ArchiveError`, `FigureError` or `ToolError` where it cannot be drawn as
    /// asked.
    public func perform(on console: Console) throws -> PlotReport {
        let reader = try RunFileReader(path)
        if slice != nil, reader.axes.count < 3 {
            throw ToolError(
                "--slice cuts three-dimensional fields; this run has \(reader.axes.count) dimensions")
        }
        let snapshot = try SnapshotChoice.index(time, of: reader)
        let names = try chosenFields(reader)
        let output = output ?? defaultOutput(names)
        _ = try FigureFormat(path: output)
        let picture = PlotPicture(reader: reader, snapshot: snapshot, look: look)
        let figure =
            switch reader.axes.count {
            case 1: try picture.lines(names)
            case 2: try picture.plane(names[0])
            default: try picture.slices(names[0], slice)
            }
        try figure.write(to: output)
        return PlotReport(output: output, fields: names, snapshot: snapshot, time: reader.times[snapshot])
    }

    private func chosenFields(_ reader: RunFileReader) throws -> [String] {
        if let field { return [field] }
        if reader.axes.count > 1 {
            return [reader.fieldNames.contains("density") ? "density" : reader.fieldNames.first ?? "density"]
        }
        // The order in which people think of a state; what is not in it comes after.
        let usual = ["density", "velocity_x", "pressure", "entropic_pressure"]
        return usual.filter(reader.fieldNames.contains) + reader.fieldNames.filter { !usual.contains($0) }
    }

    private func defaultOutput(_ names: [String]) -> String {
        let base = (path as NSString).deletingPathExtension
        return names.count == 1 ? "\(base)-\(names[0]).png" : base + ".png"
    }
}

/// What was drawn.
public struct PlotReport: VerbReport {
    /// The picture.
    public var output: String
    /// The fields that it shows.
    public var fields: [String]
    /// The index of the snapshot, from 0.
    public var snapshot: Int
    /// The time that it shows.
    public var time: Double

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// One line.
    public func text(on terminal: Terminal) -> String {
        "\(output): \(fields.joined(separator: ", ")) at t = \(significant(time))"
    }
}
