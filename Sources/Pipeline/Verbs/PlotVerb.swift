import Archive
import Figures
import Foundation

/// Draws a run file (a field, forces, walls), a geometry file, a dataset (samples, parameters) or the result of a
/// calibration.
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
        /// The velocity over a field in the plane.
        var overlay: VectorOverlay?

        /// The data decide, unless said otherwise.
        public init(
            colors: String? = nil, range: String? = nil, contours: Int = 0, size: String = "page",
            title: String? = nil, vectors: String? = nil
        ) {
            overlay = vectors.flatMap(VectorOverlay.init)
            self.colors = colors
            self.range = range
            self.contours = contours
            self.size = size
            self.title = title
        }
    }

    /// What of a run file is drawn.
    public enum Subject: Sendable {
        /// A field of a snapshot.
        case field
        /// Drag and lift of the bodies over time.
        case forces
        /// The pressure coefficient along the walls of the bodies in the last state.
        case surface
        /// The parameters of a dataset's samples against each other.
        case parameters
        /// A figure of a calibration's result, by its word.
        case calibration(String)
    }

    /// The run file, geometry file or dataset.
    public var path: String
    /// What of a run file is drawn.
    public var subject = Subject.field
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
    /// Pictures a second of an animation of all snapshots; nil: one picture.
    public var framesPerSecond: Double?
    /// Replaces an existing picture.
    public var overwrite = false

    /// A picture as the command line describes it.
    public init(
        path: String, subject: Subject = .field, field: String? = nil, time: String = "last",
        slice: String? = nil,
        output: String? = nil,
        look: Look = Look()
    ) {
        self.path = path
        self.subject = subject
        self.field = field
        self.time = time
        self.slice = slice
        self.output = output
        self.look = look
    }

    /// Draws the picture. Throws `ArchiveError`, `FigureError` or `ToolError` where it cannot be drawn as
    /// asked.
    public func perform(on console: Console) throws -> PlotReport {
        if let output {
            try Output(output, framesPerSecond == nil ? .picture : .film, from: [path]).check(
                overwrite: overwrite)
        }
        if let framesPerSecond { return try animate(framesPerSecond, console) }
        if let output { _ = try FigureFormat(path: output) }
        let (figure, report) = try drawing()
        try Output(report.output, .picture, from: [path]).check(overwrite: overwrite)
        try AtomicOutput.write(to: report.output) { try figure.write(to: $0) }
        return report
    }

    /// The figure, and what is told once it is written. Throws as ``perform(on:)`` does.
    func drawing() throws -> (figure: Figure, report: PlotReport) {
        if try DatasetSummary.isDataset(path) { return try plotDataset() }
        if try HugoniotFile.format(of: path) == "hugoniot-calibration" { return try plotCalibration() }
        if case .parameters = subject {
            throw ToolError("\(path) is no dataset: --parameters draws those")
        }
        if case .calibration = subject {
            throw ToolError("\(path) is no result of a calibration: --show draws those")
        }
        if try HugoniotFile.format(of: path) == "hugoniot-geometry" { return try plotGeometry() }
        let reader = try RunFileReader(path)
        switch subject {
        case .field: return try plotField(reader)
        default: return try plotBodies(reader)
        }
    }

    private func animate(_ framesPerSecond: Double, _ console: Console) throws -> PlotReport {
        guard case .field = subject, try HugoniotFile.format(of: path) == "hugoniot-run" else {
            throw ToolError("\(path): animations show the fields of run files")
        }
        let reader = try RunFileReader(path)
        guard reader.snapshotCount > 0 else {
            throw ToolError("\(path) holds no snapshot yet; its status is \(reader.status)")
        }
        let names = try chosenFields(reader)
        let base = defaultOutput(names).withoutEnding
        let output = output ?? base + (Animation.Format.hasFilms ? ".mp4" : "-animated.png")
        try Output(output, .film, from: [path]).check(overwrite: overwrite)
        let teller = StepTeller(console, total: reader.snapshotCount)
        defer { teller.finish() }
        try Animation(
            reader: reader, look: look, fields: names, slice: slice, framesPerSecond: framesPerSecond
        ).write(to: output, teller)
        return PlotReport(output: output, fields: names, time: reader.times.last)
    }

    private func plotGeometry() throws -> (Figure, PlotReport) {
        guard case .field = subject else {
            throw ToolError("\(path) is a geometry file: it has no forces and no walls")
        }
        let output = output ?? path.withoutEnding + ".png"
        let figure = try GeometryPicture(reader: try GeometryFileReader(path), look: look).figure(
            field, slice)
        return (figure, PlotReport(output: output, fields: [field ?? "sdf"]))
    }

    private func plotDataset() throws -> (Figure, PlotReport) {
        switch subject {
        case .field, .parameters: break
        default: throw ToolError("\(path) is a dataset: it has no forces and no walls")
        }
        let picture = DatasetPicture(reader: try DatasetFileReader(path), look: look)
        let base = path.withoutEnding
        if case .parameters = subject {
            let output = output ?? base + "-parameters.png"
            let names = picture.reader.parameters.map(\.name)
            return (try picture.parameters(), PlotReport(output: output, fields: names))
        }
        let output = output ?? base + ".png"
        let (figure, channels) = try picture.samples(field)
        return (figure, PlotReport(output: output, fields: channels))
    }

    private func plotCalibration() throws -> (Figure, PlotReport) {
        var word = CalibrationPicture.Subject.convergence.rawValue
        if case .calibration(let asked) = subject { word = asked }
        if case .parameters = subject { word = CalibrationPicture.Subject.parameters.rawValue }
        guard let subject = CalibrationPicture.Subject(rawValue: word) else {
            let names = CalibrationPicture.Subject.allCases.map(\.rawValue)
            throw ToolError(
                "--show \(word) is not known; allowed: \(names.joined(separator: ", "))",
                advice: nearestWord(to: word, among: names).map { "did you mean \"\($0)\"?" })
        }
        let output = output ?? "\(path.withoutEnding)-\(word).png"
        let picture = CalibrationPicture(record: try CalibrationFile.read(path), path: path, look: look)
        return (try picture.figure(subject), PlotReport(output: output, fields: [word]))
    }

    private func plotBodies(_ reader: RunFileReader) throws -> (Figure, PlotReport) {
        let picture = BodyPicture(reader: reader, look: look)
        var (name, figure) = ("surface", picture.surface)
        if case .forces = subject { (name, figure) = ("forces", picture.forces) }
        let output = output ?? "\(path.withoutEnding)-\(name).png"
        return (try figure(), PlotReport(output: output, fields: [name], time: reader.times.last))
    }

    private func plotField(_ reader: RunFileReader) throws -> (Figure, PlotReport) {
        if slice != nil, reader.axes.count < 3 {
            throw ToolError(
                "--slice cuts three-dimensional fields; this run has \(reader.axes.count) dimensions")
        }
        let snapshot = try SnapshotChoice.index(time, of: reader)
        let names = try chosenFields(reader)
        let output = output ?? defaultOutput(names)
        let picture = PlotPicture(reader: reader, snapshot: snapshot, look: look)
        let figure =
            switch reader.axes.count {
            case 1: try picture.lines(names)
            case 2: try picture.plane(names[0])
            default: try picture.slices(names[0], slice)
            }
        let time = reader.times[snapshot]
        return (figure, PlotReport(output: output, fields: names, snapshot: snapshot, time: time))
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
        let base = path.withoutEnding
        return names.count == 1 ? "\(base)-\(names[0]).png" : base + ".png"
    }
}

/// What was drawn.
public struct PlotReport: VerbReport {
    /// The picture.
    public var output: String
    /// The fields that it shows.
    public var fields: [String]
    /// The index of the snapshot, from 0; nil where no snapshot is shown.
    public var snapshot: Int?
    /// The time that it shows, or up to which it shows something.
    public var time: Double?

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// One line.
    public func text(on terminal: Terminal) -> String {
        "\(output): \(fields.joined(separator: ", "))" + (time.map { " at t = \(significant($0))" } ?? "")
    }
}
