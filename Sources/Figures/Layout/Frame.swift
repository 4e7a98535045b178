/// The plot box of a panel and the map from data to the figure.
public struct Frame: Sendable {
    /// The plot box.
    public let box: Rectangle
    /// The ends of the horizontal axis.
    public let xRange: ClosedRange<Double>
    /// The ends of the vertical axis.
    public let yRange: ClosedRange<Double>
    /// The horizontal axis.
    public let xAxis: Axis
    /// The vertical axis.
    public let yAxis: Axis
    /// The size of tick labels, which other texts follow.
    public let fontSize: Double

    /// Where the data point (x, y) lies; nil when a value is not finite, or not positive on a logarithmic
    /// axis. Points far outside of the box are brought nearer, because the drawing library holds no huge
    /// coordinates.
    public func point(_ x: Double, _ y: Double) -> Point? {
        guard let across = xAxis.share(of: x, in: xRange), let up = yAxis.share(of: y, in: yRange)
        else { return nil }
        return Point(x: box.x + across * box.width, y: box.bottom - up * box.height)
    }

    /// The rectangle that the data rectangle covers.
    public func rectangle(x: ClosedRange<Double>, y: ClosedRange<Double>) -> Rectangle? {
        guard let low = point(x.lowerBound, y.lowerBound), let high = point(x.upperBound, y.upperBound)
        else { return nil }
        return Rectangle(
            x: min(low.x, high.x), y: min(low.y, high.y), width: abs(high.x - low.x),
            height: abs(low.y - high.y))
    }
}
