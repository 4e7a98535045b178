/// Lines of equal value.
public struct ContourLayer: Layer {
    /// The field.
    public let plane: Plane
    /// The values at which lines are drawn.
    public let levels: [Double]
    /// How the lines are drawn.
    public var stroke: Stroke
    /// The name in the legend; nil leaves the lines out of it.
    public var label: String?

    /// Contour lines at the given values.
    public init(
        _ plane: Plane, levels: [Double], stroke: Stroke = Stroke(.ink.opacity(0.7), width: 0.6),
        label: String? = nil
    ) {
        self.plane = plane
        self.levels = levels
        self.stroke = stroke
        self.label = label
    }

    /// `count` values evenly spaced between the least and the greatest finite value, without these two.
    public static func evenLevels(_ count: Int, over bounds: Bounds) -> [Double] {
        guard count > 0, !bounds.isEmpty, bounds.upper > bounds.lower else { return [] }
        return (1...count).map {
            bounds.lower + (bounds.upper - bounds.lower) * Double($0) / Double(count + 1)
        }
    }

    /// The values of all cells, and the levels.
    public var series: [(name: String, values: [Double])] {
        [("plane.values", plane.values.map { Double($0) }), ("levels", levels)]
    }

    /// The rectangle of the plane.
    public var extent: Extent { Extent(x: plane.x, y: plane.y) }

    /// A sample of the line.
    public var legend: LegendEntry? { label.map { LegendEntry($0, stroke: stroke) } }

    /// Points on the lines.
    public func obstacles(in frame: Frame) -> [Point] {
        levels.flatMap { ContourTracer(plane).points(at: $0, in: frame) }.flatMap { $0 }
    }

    /// Draws the lines.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let tracer = ContourTracer(plane)
        for level in levels {
            for line in tracer.points(at: level, in: frame) { canvas.line(line.thinned(), stroke) }
        }
    }
}

extension ContourTracer {
    /// The lines at `level` in the figure's coordinates.
    func points(at level: Double, in frame: Frame) -> [[Point]] {
        lines(at: level).map { line in line.compactMap { frame.point($0.x, $0.y) } }
    }
}
