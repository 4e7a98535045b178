import Foundation

/// The plot box of a panel and the map from data to the figure.
public struct Frame: Sendable {
    /// The plot box.
    public let box: Rectangle
    /// The ends of the horizontal axis.
    public let xRange: ClosedRange<Double>
    /// The ends of the vertical axis.
    public let yRange: ClosedRange<Double>
    /// The scale of the horizontal axis.
    public let xScale: AxisScale
    /// The scale of the vertical axis.
    public let yScale: AxisScale
    /// The size of tick labels, which other texts follow.
    public let fontSize: Double

    /// Where the data point (x, y) lies; nil when a value is not finite, or not positive on a logarithmic
    /// axis. Points far outside of the box are brought nearer, because the drawing library holds no huge
    /// coordinates.
    public func point(_ x: Double, _ y: Double) -> Point? {
        guard let across = Self.share(of: x, in: xRange, xScale),
            let up = Self.share(of: y, in: yRange, yScale)
        else { return nil }
        return Point(x: box.x + across * box.width, y: box.bottom - up * box.height)
    }

    /// The rectangle that the data rectangle covers.
    public func rectangle(x: ClosedRange<Double>, y: ClosedRange<Double>) -> Rectangle? {
        guard let low = point(x.lowerBound, y.lowerBound), let high = point(x.upperBound, y.upperBound)
        else { return nil }
        return Rectangle(x: low.x, y: high.y, width: high.x - low.x, height: low.y - high.y)
    }

    static func share(of value: Double, in range: ClosedRange<Double>, _ scale: AxisScale) -> Double? {
        guard value.isFinite, scale == .linear || value > 0 else { return nil }
        let position = scale == .linear ? value : log10(value)
        let lower = scale == .linear ? range.lowerBound : log10(range.lowerBound)
        let upper = scale == .linear ? range.upperBound : log10(range.upperBound)
        return min(max((position - lower) / (upper - lower), -50), 50)
    }
}
