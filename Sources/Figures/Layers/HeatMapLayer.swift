import Foundation

/// Cell values as colours. Every cell is a sharp rectangle, cells that hold NaN or infinity take
/// ``Color/nonFinite``. Meant for linear axes.
public struct HeatMapLayer: Layer {
    /// The values.
    public let plane: Plane
    /// The colours.
    public let colorMap: ColorMap
    /// The values at the ends of the colour map; values outside take the end colours.
    public let range: ClosedRange<Double>
    /// The number of NaN and infinite values.
    public let nonFiniteCount: Int
    /// The bounds of the finite values.
    public let bounds: Bounds

    /// A heat map.
    /// - Parameters:
    ///   - colorMap: nil chooses with ``ValueRange/colorMap(for:)``.
    ///   - range: nil chooses with ``ValueRange/automatic(for:)``.
    /// - Throws: ``FigureError/emptyData(what:)`` when no value is finite,
    ///   ``FigureError/invalidRange(what:lower:upper:)`` when `range` has no width.
    public init(
        _ plane: Plane, colorMap: ColorMap? = nil, range: ClosedRange<Double>? = nil
    ) throws(FigureError) {
        let bounds = plane.bounds
        guard !bounds.isEmpty else {
            throw .emptyData(what: "a heat map of \(plane.width) by \(plane.height) cells")
        }
        if let range, !range.isDrawable {
            throw .invalidRange(
                what: "a heat map's colours", lower: range.lowerBound, upper: range.upperBound)
        }
        self.plane = plane
        self.bounds = bounds
        self.colorMap = colorMap ?? ValueRange.colorMap(for: bounds)
        self.range = range ?? ValueRange.automatic(for: bounds)
        nonFiniteCount = plane.nonFiniteCount
    }

    /// The values of all cells.
    public var series: [(name: String, values: [Double])] {
        [("plane.values", plane.values.map { Double($0) })]
    }

    /// The rectangle of the plane.
    public var extent: Extent { Extent(x: plane.x, y: plane.y) }

    /// The colours of the cells.
    public var colors: ColorScale? {
        ColorScale(colorMap, range: range, bounds: bounds, nonFiniteCount: nonFiniteCount)
    }

    /// A net of points, so that a legend keeps off the picture.
    public func obstacles(in frame: Frame) -> [Point] {
        guard let area = frame.rectangle(x: plane.x, y: plane.y) else { return [] }
        return (0...20).flatMap { column in
            (0...20).map { row in
                Point(
                    x: area.x + area.width * Double(column) / 20, y: area.y + area.height * Double(row) / 20)
            }
        }
    }

    /// Draws the cells.
    public func draw(on canvas: Canvas, in frame: Frame) {
        guard let area = frame.rectangle(x: plane.x, y: plane.y) else { return }
        canvas.image(bitmap, in: area)
    }

    /// One pixel a cell, the greatest y uppermost.
    package var bitmap: Bitmap {
        let table = colorMap.table(count: 1024)
        let nonFinite = Color.nonFinite.pixel
        let scale = 1023 / (range.upperBound - range.lowerBound)
        var pixels = [UInt32](repeating: nonFinite, count: plane.values.count)
        for row in 0..<plane.height {
            let source = (plane.height - 1 - row) * plane.width
            for column in 0..<plane.width {
                let value = Double(plane.values[source + column])
                guard value.isFinite else { continue }
                let position = (value - range.lowerBound) * scale
                pixels[row * plane.width + column] = table[Int(min(max(position, 0), 1023).rounded())]
            }
        }
        return Bitmap(pixels: pixels, width: plane.width, height: plane.height)
    }
}

/// Choices about colours that follow from the data.
public enum ValueRange {
    /// True when values lie on both sides of zero, and the lesser side reaches at least a tenth as far as the
    /// greater: then the sign is what matters.
    public static func isSigned(_ bounds: Bounds) -> Bool {
        bounds.lower < 0 && bounds.upper > 0
            && min(-bounds.lower, bounds.upper) >= 0.1 * max(-bounds.lower, bounds.upper)
    }

    /// Cool–warm for signed data, viridis for all other.
    public static func colorMap(for bounds: Bounds) -> ColorMap {
        isSigned(bounds) ? .coolWarm : .viridis
    }

    /// Centred at zero for signed data, from least to greatest for all other; never without width.
    public static func automatic(for bounds: Bounds) -> ClosedRange<Double> {
        guard !bounds.isEmpty else { return 0...1 }
        if isSigned(bounds) {
            let reach = max(-bounds.lower, bounds.upper)
            return -reach...reach
        }
        // A field that is constant to the roundings of Float has no shape to show.
        let size = max(abs(bounds.lower), abs(bounds.upper))
        if bounds.upper - bounds.lower <= size * 2.5e-7 {
            let room = size < 1e-300 ? 1 : size * 0.05
            return (bounds.lower - room)...(bounds.upper + room)
        }
        return bounds.lower...bounds.upper
    }
}
