/// Arrows of a vector field on an even raster; the longest is as long as the raster is wide.
public struct QuiverLayer: Layer {
    /// The field.
    public let field: VectorPlane
    /// Arrows along the longer side.
    public let count: Int
    /// How arrows are drawn.
    public var stroke: Stroke
    /// The name in the legend; nil leaves the arrows out of it.
    public var label: String?

    /// Arrows.
    public init(
        _ field: VectorPlane, count: Int = 28, stroke: Stroke = Stroke(.ink.opacity(0.85), width: 0.8),
        label: String? = nil
    ) {
        self.field = field
        self.count = max(1, count)
        self.stroke = stroke
        self.label = label
    }

    /// None so far.
    public var series: [(name: String, values: [Double])] { [] }

    /// The rectangle of the field.
    public var extent: Extent { Extent(x: field.u.x, y: field.u.y) }
    /// A sample of the stroke.
    public var legend: LegendEntry? { label.map { LegendEntry($0, stroke: stroke) } }

    /// Draws the arrows, each through the middle of its place.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let (x, y, longest) = (field.u.x, field.u.y, field.largest)
        guard longest > 0, let box = frame.rectangle(x: x, y: y) else { return }
        let spacing = max(box.width, box.height) / Double(count)
        let (columns, rows) = (max(1, Int(box.width / spacing)), max(1, Int(box.height / spacing)))
        for row in 0..<rows {
            for column in 0..<columns {
                let across = (Double(column) + 0.5) / Double(columns)
                let up = (Double(row) + 0.5) / Double(rows)
                let place = (
                    x.lowerBound + across * (x.upperBound - x.lowerBound),
                    y.lowerBound + up * (y.upperBound - y.lowerBound)
                )
                guard let vector = field.value(atX: place.0, y: place.1) else { continue }
                arrow(
                    canvas, Point(x: box.x + across * box.width, y: box.bottom - up * box.height),
                    vector.u / longest * spacing, -vector.v / longest * spacing)
            }
        }
    }

    /// A shaft and two barbs, whose length follows that of the shaft, so that slow places stay quiet.
    private func arrow(_ canvas: Canvas, _ middle: Point, _ dx: Double, _ dy: Double) {
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0.4 else { return }
        let tip = Point(x: middle.x + dx / 2, y: middle.y + dy / 2)
        canvas.line([Point(x: middle.x - dx / 2, y: middle.y - dy / 2), tip], stroke)
        canvas.arrowHead(at: tip, along: (dx / length, dy / length), size: min(4, 0.4 * length), stroke)
    }
}

extension Canvas {
    /// Two barbs of an arrow that points along a unit vector.
    func arrowHead(at tip: Point, along: (x: Double, y: Double), size: Double, _ stroke: Stroke) {
        func barb(_ side: Double) -> Point {
            Point(
                x: tip.x - size * (along.x - 0.5 * side * along.y),
                y: tip.y - size * (along.y + 0.5 * side * along.x))
        }
        line([barb(1), tip, barb(-1)], stroke)
    }
}
