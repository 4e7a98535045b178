import Foundation

/// A description of a picture: panels on a grid, filled row by row. It is a value; drawing it twice
/// gives the same bytes.
///
/// ```swift
/// let line = try LineLayer(x: x, y: density, label: "computed")
/// let figure = Figure(panels: [Panel(xAxis: Axis("x"), yAxis: Axis("density", margin: 0.06), layers:
/// [line])]) try figure.write(to: "density.svg") ```
public struct Figure: Sendable {
    /// The title over all panels; empty for none.
    public var title: String
    /// The panels, row by row.
    public var panels: [Panel]
    /// How many panels stand side by side.
    public var columns: Int
    /// Relative widths of the columns; missing ones count as 1.
    public var columnWeights: [Double]
    /// True draws all panels of equal units at one scale, so that lengths compare between panels.
    public var sharesScale = false
    /// The size on paper.
    public var size: FigureSize

    /// A figure.
    public init(
        title: String = "", panels: [Panel], columns: Int = 1, columnWeights: [Double] = [],
        size: FigureSize = .page
    ) {
        self.title = title
        self.panels = panels
        self.columns = max(columns, 1)
        self.columnWeights = columnWeights
        self.size = size
    }

    /// The number of NaN and infinite values among the heat maps' cells, which are drawn in
    /// ``Color/nonFinite``.
    public var nonFiniteCount: Int { panels.reduce(0) { $0 + $1.nonFiniteCount } }

    /// The file's bytes in the given format.
    /// - Parameter dpi: pixels per inch of a PNG; SVG and PDF do not depend on it.
    /// - Throws: ``FigureError`` for panels without data, impossible ranges and sizes.
    public func render(_ format: FigureFormat, dpi: Double = 150) throws(FigureError) -> Data {
        guard dpi.isFinite, (10...2400).contains(dpi) else {
            throw .invalidSize(reason: "\(dpi) dots per inch; allowed: 10 to 2400")
        }
        let layout = try FigureLayout(self, pixel: format == .png ? 72 / dpi : 0.25)
        let canvas = try Canvas(format: format, width: layout.width, height: layout.height, dpi: dpi)
        FigurePainter(layout: layout, canvas: canvas).paint()
        return try canvas.finish()
    }

    /// Draws the figure into a file; the extension of `path` names the format.
    ///
    /// The bytes go to a temporary name in the same folder, which is then renamed: no half file ever
    /// carries the final name. An existing file is replaced.
    /// - Throws: ``FigureError/unknownExtension(path:)``, ``FigureError/unwritable(path:reason:)`` and the
    ///   errors of ``render(_:dpi:)``.
    public func write(to path: String, dpi: Double = 150) throws(FigureError) {
        let format = try FigureFormat(path: path)
        try Self.checkFolder(of: path)
        let bytes = try render(format, dpi: dpi)
        do {
            try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }

    private static func checkFolder(of path: String) throws(FigureError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw .unwritable(path: path, reason: "the folder '\(folder)' does not exist; create it first")
        }
        guard isFolder.boolValue else {
            throw .unwritable(path: path, reason: "'\(folder)' is a file, not a folder")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw .unwritable(path: path, reason: "no permission to write in the folder '\(folder)'")
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw .unwritable(path: path, reason: "a folder of this name exists")
        }
    }
}
