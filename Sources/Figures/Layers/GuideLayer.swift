/// A straight line across the whole panel, to mark a value or a time. It does not widen the axes.
public struct GuideLayer: Layer {
    /// Where the line runs.
    public enum Position: Sendable, Hashable {
        /// From left to right at a height y.
        case horizontal(Double)
        /// From bottom to top at x.
        case vertical(Double)
    }

    /// Where the line runs.
    public var position: Position
    /// How it is drawn.
    public var stroke: Stroke
    /// The name in the legend; nil leaves the line out of it.
    public var label: String?

    /// A guide.
    public init(
        _ position: Position, stroke: Stroke = Stroke(.grey(0.45), width: 0.9, dash: .dashed),
        label: String? = nil
    ) {
        self.position = position
        self.stroke = stroke
        self.label = label
    }

    /// None: a guide is no data.
    public var series: [(name: String, values: [Double])] { [] }

    /// Nothing: guides do not move the axes.
    public var extent: Extent { Extent() }
    /// A sample of the line.
    public var legend: LegendEntry? { label.map { LegendEntry($0, stroke: stroke) } }

    /// Draws the line.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let ends: [Point?] =
            switch position {
            case .horizontal(let y):
                [frame.point(frame.xRange.lowerBound, y), frame.point(frame.xRange.upperBound, y)]
            case .vertical(let x):
                [frame.point(x, frame.yRange.lowerBound), frame.point(x, frame.yRange.upperBound)]
            }
        canvas.line(ends.compactMap { $0 }, stroke)
    }
}
