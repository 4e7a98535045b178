/// The area between a lower and an upper line, as for an uncertainty.
public struct BandLayer: Layer {
    /// Horizontal positions.
    public let x: [Double]
    /// The lower edge.
    public let lower: [Double]
    /// The upper edge.
    public let upper: [Double]
    /// The fill, best with some transparency.
    public var color: Color
    /// The name in the legend; nil leaves the band out of it.
    public var label: String?

    /// A band.
    /// - Throws: ``FigureError/lengthMismatch(what:expected:found:)`` when the arrays differ in length,
    ///   ``FigureError/emptyData(what:)`` when no point is finite.
    public init(
        x: [Double], lower: [Double], upper: [Double], color: Color = .series(0).opacity(0.25),
        label: String? = nil
    ) throws(FigureError) {
        let what = label.map { "the band '\($0)'" } ?? "a band"
        for (name, values) in [("lower", lower), ("upper", upper)] where values.count != x.count {
            throw .lengthMismatch(what: "\(what): \(name)", expected: x.count, found: values.count)
        }
        guard x.indices.contains(where: { x[$0].isFinite && lower[$0].isFinite && upper[$0].isFinite })
        else { throw .emptyData(what: what) }
        self.x = x
        self.lower = lower
        self.upper = upper
        self.color = color
        self.label = label
    }

    /// Positions and both edges.
    public var series: [(name: String, values: [Double])] { [("x", x), ("lower", lower), ("upper", upper)] }

    /// The bounds of both edges.
    public var extent: Extent {
        var y = Bounds(lower)
        y.include(Bounds(upper))
        return Extent(x: Bounds(x), y: y)
    }

    /// A sample of the fill.
    public var legend: LegendEntry? { label.map { LegendEntry($0, fill: color) } }

    /// Points along both edges.
    public func obstacles(in frame: Frame) -> [Point] {
        [lower, upper].flatMap { edge in
            zip(x, edge).compactMap { frame.point($0, $1) }.sampled(every: 4)
        }
    }

    /// Fills the stretches where both edges can be drawn.
    public func draw(on canvas: Canvas, in frame: Frame) {
        var (below, above): ([Point], [Point]) = ([], [])
        func flush() {
            if below.count > 1 { canvas.fill([below + above.reversed()], with: color) }
            (below, above) = ([], [])
        }
        for index in x.indices {
            if let low = frame.point(x[index], lower[index]), let high = frame.point(x[index], upper[index]) {
                below.append(low)
                above.append(high)
            } else {
                flush()
            }
        }
        flush()
    }
}
