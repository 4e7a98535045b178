import Foundation

/// A triangle that shows a slope in a plot with two logarithmic axes: y ~ x^slope.
public struct OrderTriangleLayer: Layer {
    /// The stretch along x.
    public var x: ClosedRange<Double>
    /// The value of the sloped side at the left end.
    public var y: Double
    /// The slope; −5 shows an error that falls with the fifth power of the resolution.
    public var slope: Double
    /// The text at the upright side; nil shows the slope's size.
    public var label: String?

    /// A triangle under its sloped side.
    public init(x: ClosedRange<Double>, y: Double, slope: Double, label: String? = nil) {
        self.x = x
        self.y = y
        self.slope = slope
        self.label = label
    }

    private var end: Double { y * pow(x.upperBound / x.lowerBound, slope) }

    /// None: the triangle is no data.
    public var series: [(name: String, values: [Double])] { [] }

    /// The bounds of the triangle.
    public var extent: Extent {
        Extent(x: Bounds([x.lowerBound, x.upperBound]), y: Bounds([y, end]))
    }

    /// The corners of the triangle and the text.
    public func obstacles(in frame: Frame) -> [Point] {
        corners(in: frame).sampled(every: 4)
    }

    private func corners(in frame: Frame) -> [Point] {
        let foot = slope < 0 ? x.lowerBound : x.upperBound
        return [(x.lowerBound, y), (x.upperBound, end), (foot, min(y, end))].compactMap {
            frame.point($0.0, $0.1)
        }
    }

    /// Draws the triangle and its order.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let corners = corners(in: frame)
        guard corners.count == 3 else { return }
        let stroke = Stroke(.grey(0.4), width: 0.9)
        canvas.fill([corners], with: .grey(0.93))
        canvas.line(corners, stroke, isClosed: true)
        let style = TextStyle(size: frame.fontSize, color: .grey(0.3))
        let upright = (corners[2].y + corners[slope < 0 ? 0 : 1].y) / 2
        let side = slope < 0 ? -4.0 : 4.0
        canvas.text(
            label ?? Ticks.shortest(abs(slope)), at: Point(x: corners[2].x + side, y: upright), style,
            alignment: slope < 0 ? .end : .start)
        canvas.text(
            "1", at: Point(x: (corners[0].x + corners[1].x) / 2, y: corners[2].y + frame.fontSize * 0.8),
            style, alignment: .middle)
    }
}
