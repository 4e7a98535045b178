/// Solid bodies: the area where a signed distance is negative, grey with a dark outline.
public struct BodyLayer: Layer {
    /// Signed distance to the bodies' surface, negative inside.
    public let distance: Plane
    /// The colour inside.
    public var fill: Color
    /// The outline.
    public var stroke: Stroke

    /// Bodies from their signed distance.
    public init(distance: Plane, fill: Color = .body, stroke: Stroke = Stroke(.ink, width: 0.9)) {
        self.distance = distance
        self.fill = fill
        self.stroke = stroke
    }

    /// Bodies from a mask of 1 in the fluid and 0 in the bodies.
    /// - Throws: ``FigureError`` never for a valid plane.
    public init(mask: Plane) throws(FigureError) {
        self.init(distance: try mask.with(values: mask.values.map { $0 - 0.5 }))
    }

    /// The distance at all cells.
    public var series: [(name: String, values: [Double])] {
        [("distance.values", distance.values.map { Double($0) })]
    }

    /// The rectangle of the plane.
    public var extent: Extent { Extent(x: distance.x, y: distance.y) }

    /// Fills and outlines the bodies.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let largest = distance.values.reduce(Float(0)) { $1.isFinite ? max($0, abs($1)) : $0 }
        let outlines = ContourTracer(distance, outside: max(largest, 1e-6)).points(at: 0, in: frame)
        canvas.fill(outlines, with: fill)
        for outline in outlines { canvas.line(outline, stroke, isClosed: true) }
    }
}
