/// Points without a line.
public struct ScatterLayer: Layer {
    /// The points as a line without stroke.
    private let points: LineLayer

    /// Points.
    /// - Throws: as ``LineLayer/init(x:y:stroke:marker:label:)``.
    public init(
        x: [Double], y: [Double], marker: Marker = Marker(color: .series(0)), label: String? = nil
    ) throws(FigureError) {
        points = try LineLayer(x: x, y: y, stroke: nil, marker: marker, label: label)
    }

    /// None so far.
    public var series: [(name: String, values: [Double])] { [] }

    /// The bounds of the points.
    public var extent: Extent { points.extent }
    /// A sample of the marker.
    public var legend: LegendEntry? { points.legend }
    /// The points.
    public func obstacles(in frame: Frame) -> [Point] { points.obstacles(in: frame) }
    /// Nothing: there is no line.
    public func draw(on canvas: Canvas, in frame: Frame) {}
    /// Draws the markers.
    public func drawMarks(on canvas: Canvas, in frame: Frame) { points.drawMarks(on: canvas, in: frame) }
}
