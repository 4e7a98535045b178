import Archive
import Figures
import Fluids
import Foundation

/// All snapshots of a run one after the other, at one scale: a film where ffmpeg is installed, an animated PNG elsewhere.
struct Animation {
    let reader: RunFileReader
    let look: PlotVerb.Look
    let fields: [String]
    let slice: String?
    let framesPerSecond: Double

    /// Pixels per inch; a page is then 1008 pixels wide.
    private static let resolution = 144.0

    /// The kinds of files.
    enum Format: String, CaseIterable {
        case mp4, webm, png, apng
        var isFilm: Bool { self == .mp4 || self == .webm }

        /// Throws `ToolError` for another suffix, and for a film without ffmpeg.
        init(path: String) throws {
            let suffix = (path as NSString).pathExtension.lowercased()
            guard let format = Format(rawValue: suffix) else {
                throw ToolError(
                    "\(path): an animation ends in .mp4 or .webm (through ffmpeg), .png or .apng")
            }
            guard !format.isFilm || Self.hasFilms else {
                throw ToolError(
                    "\(path): films need the program ffmpeg, which is not installed",
                    advice: "apt-get install ffmpeg, or name a file that ends in .png")
            }
            self = format
        }

        /// Whether films can be written.
        static var hasFilms: Bool { ChildProcess.output(of: ["ffmpeg", "-version"]) != nil }
    }

    /// Writes the animation. Throws `ToolError`, `ArchiveError`, `FigureError`.
    func write(to path: String, _ teller: StepTeller) throws {
        let format = try Format(path: path)
        var look = look
        if look.range == nil { look.range = try commonRange() }
        var limits: [ClosedRange<Double>?] = []
        if reader.axes.count == 1 { limits = try commonAxes(look) }
        let frames = { (index: Int) throws -> Data in
            teller.tell("picture at t = \(significant(reader.times[index]))")
            var figure = try figure(index, look)
            for (panel, limit) in limits.enumerated() { figure.panels[panel].yAxis.range = limit }
            return try figure.render(.png, dpi: Self.resolution)
        }
        try AtomicOutput.write(to: path) { temporary in
            if format.isFilm { return try film(temporary, format, frames) }
            var animation = AnimatedPNG(framesPerSecond: framesPerSecond)
            for index in 0..<reader.snapshotCount { animation.append(try frames(index)) }
            try AtomicOutput.fill(temporary, with: animation.encoded())
        }
    }

    private func figure(_ snapshot: Int, _ look: PlotVerb.Look) throws -> Figure {
        let picture = PlotPicture(reader: reader, snapshot: snapshot, look: look)
        switch reader.axes.count {
        case 1: return try picture.lines(fields)
        case 2: return try picture.plane(fields[0])
        default: return try picture.slices(fields[0], slice)
        }
    }

    /// The ends of the colours over all times, so that colours mean the same in all pictures.
    private func commonRange() throws -> String? {
        guard reader.axes.count > 1, let name = fields.first, name != Quantity.schlieren.name else {
            return nil
        }
        var bounds = Bounds()
        for snapshot in 0..<reader.snapshotCount {
            let stored = StoredFields(reader: reader, snapshot: snapshot)
            let distance = try stored.signedDistance()
            for (cell, value) in try stored.values(name).enumerated()
            where distance.map({ $0[cell] >= 0 }) ?? true { bounds.include(Double(value)) }
        }
        return bounds.upper > bounds.lower ? "\(bounds.lower):\(bounds.upper)" : nil
    }

    /// The vertical axis of each panel over all times.
    private func commonAxes(_ look: PlotVerb.Look) throws -> [ClosedRange<Double>?] {
        var bounds: [Bounds] = []
        for snapshot in 0..<reader.snapshotCount {
            for (panel, own) in try figure(snapshot, look).panels.enumerated() {
                if panel == bounds.count { bounds.append(Bounds()) }
                for layer in own.layers { bounds[panel].include(layer.extent.y) }
            }
        }
        return bounds.map {
            let room = 0.06 * ($0.upper - $0.lower)
            return room > 0 ? ($0.lower - room)...($0.upper + room) : nil
        }
    }

    /// Pictures in a folder of their own, which ffmpeg joins; extents become even, as films need them.
    private func film(_ path: String, _ format: Format, _ frames: (Int) throws -> Data) throws {
        let folder = path + ".frames"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for index in 0..<reader.snapshotCount {
            try frames(index).write(
                to: URL(fileURLWithPath: "\(folder)/\(String(format: "%06d", index)).png"))
        }
        let codec =
            format == .mp4
            ? ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart"]
            : ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "30"]
        let words =
            ["ffmpeg", "-y", "-loglevel", "error", "-framerate", "\(framesPerSecond)"]
            + ["-i", folder + "/%06d.png", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white"] + codec
            + ["-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-f", format.rawValue, path]
        guard ChildProcess.output(of: words, seconds: 3600) != nil else {
            throw ToolError(
                "ffmpeg could not write \(path)",
                advice: "name a file that ends in .png, which needs no other program", status: .failed)
        }
    }
}
