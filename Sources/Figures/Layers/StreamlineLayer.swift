/// Lines along a vector field that keep their distance from each other (B. Jobard and W. Lefer 1997, Creating
/// evenly-spaced streamlines of arbitrary density, doi:10.1007/978-3-7091-6876-9_5), each with an arrow.
public struct StreamlineLayer: Layer {
    /// The field.
    public let field: VectorPlane
    /// The distance between lines as a share of the longer side.
    public let spacing: Double
    /// How lines are drawn.
    public var stroke: Stroke
    /// The name in the legend; nil leaves the lines out of it.
    public var label: String?

    /// Streamlines.
    public init(
        _ field: VectorPlane, spacing: Double = 0.035,
        stroke: Stroke = Stroke(.ink.opacity(0.75), width: 0.7), label: String? = nil
    ) {
        self.field = field
        self.spacing = min(max(spacing, 0.005), 0.5)
        self.stroke = stroke
        self.label = label
    }

    /// None so far.
    public var series: [(name: String, values: [Double])] { [] }

    /// The rectangle of the field.
    public var extent: Extent { Extent(x: field.u.x, y: field.u.y) }
    /// A sample of the stroke.
    public var legend: LegendEntry? { label.map { LegendEntry($0, stroke: stroke) } }

    /// Draws the lines, and an arrow half way along each.
    public func draw(on canvas: Canvas, in frame: Frame) {
        for line in StreamlineTracer(field, spacing: spacing).lines() {
            let points = line.compactMap { frame.point($0.x, $0.y) }
            guard points.count > 2 else { continue }
            canvas.line(points, stroke)
            let middle = points.count / 2
            let (from, to) = (points[middle - 1], points[middle])
            let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
            guard length > 0 else { continue }
            canvas.arrowHead(
                at: to, along: ((to.x - from.x) / length, (to.y - from.y) / length), size: 4, stroke)
        }
    }
}
