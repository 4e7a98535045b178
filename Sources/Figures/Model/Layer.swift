/// Something drawn inside a panel's axes. A new kind of layer is one file with a type of this protocol.
public protocol Layer: Sendable {
    /// The bounds of the finite data, which choose the axes' ranges.
    var extent: Extent { get }
    /// The layer's line in the legend; nil for none.
    var legend: LegendEntry? { get }
    /// What the layer's colours mean, for the colour bar; nil for a layer whose colours stand for no values.
    var colors: ColorScale? { get }
    /// The numbers that the layer draws, by name: what tells two figures apart without looking at them.
    var series: [(name: String, values: [Double])] { get }
    /// Points, in the figure's coordinates, that a legend should not cover.
    func obstacles(in frame: Frame) -> [Point]
    /// Draws the layer; what falls outside of the plot box is cut off.
    func draw(on canvas: Canvas, in frame: Frame)
    /// Draws marks and texts that may stick out of the plot box, after every layer's ``draw(on:in:)``.
    func drawMarks(on canvas: Canvas, in frame: Frame)
}

extension Layer {
    /// No line in the legend.
    public var legend: LegendEntry? { nil }
    /// Colours that stand for no values.
    public var colors: ColorScale? { nil }
    /// Nothing that a legend would hide.
    public func obstacles(in frame: Frame) -> [Point] { [] }
    /// No marks.
    public func drawMarks(on canvas: Canvas, in frame: Frame) {}
}

/// One line of a legend: a sample of the stroke, marker or fill, and its name.
public struct LegendEntry: Sendable {
    /// The name.
    public var label: String
    /// The stroke of the sample; nil for none.
    public var stroke: Stroke?
    /// The marker of the sample; nil for none.
    public var marker: Marker?
    /// The fill of the sample; nil for none.
    public var fill: Color?

    /// A line of a legend.
    public init(_ label: String, stroke: Stroke? = nil, marker: Marker? = nil, fill: Color? = nil) {
        self.label = label
        self.stroke = stroke
        self.marker = marker
        self.fill = fill
    }
}

/// What the colours of a layer mean.
public struct ColorScale: Sendable {
    /// The colours.
    public var colorMap: ColorMap
    /// The values at the ends of the colour map; values outside take the end colours.
    public var range: ClosedRange<Double>
    /// The bounds of the finite values.
    public var bounds: Bounds
    /// The number of NaN and infinite values, which are drawn in ``Color/nonFinite``.
    public var nonFiniteCount: Int

    /// A scale.
    public init(
        _ colorMap: ColorMap, range: ClosedRange<Double>, bounds: Bounds, nonFiniteCount: Int = 0
    ) {
        self.colorMap = colorMap
        self.range = range
        self.bounds = bounds
        self.nonFiniteCount = nonFiniteCount
    }
}

/// The least and the greatest finite value seen, and the least positive one for logarithmic axes.
public struct Bounds: Sendable, Hashable {
    /// The least finite value.
    public private(set) var lower = Double.infinity
    /// The greatest finite value.
    public private(set) var upper = -Double.infinity
    /// The least value greater than zero.
    public private(set) var leastPositive = Double.infinity

    /// Bounds of nothing.
    public init() {}

    /// The bounds of the finite values among `values`.
    public init(_ values: some Sequence<Double>) {
        for value in values { include(value) }
    }

    /// True when no finite value was seen.
    public var isEmpty: Bool { lower > upper }

    /// Widens the bounds to hold `value`; NaN and infinity are passed over.
    public mutating func include(_ value: Double) {
        guard value.isFinite else { return }
        lower = min(lower, value)
        upper = max(upper, value)
        if value > 0 { leastPositive = min(leastPositive, value) }
    }

    /// Widens the bounds to hold `other`.
    public mutating func include(_ other: Bounds) {
        lower = min(lower, other.lower)
        upper = max(upper, other.upper)
        leastPositive = min(leastPositive, other.leastPositive)
    }
}

/// The bounds of a layer along both axes.
public struct Extent: Sendable, Hashable {
    /// Bounds along x.
    public var x: Bounds
    /// Bounds along y.
    public var y: Bounds

    /// An extent; empty unless told.
    public init(x: Bounds = Bounds(), y: Bounds = Bounds()) {
        self.x = x
        self.y = y
    }

    /// The extent of a rectangle.
    public init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
        self.init(x: Bounds([x.lowerBound, x.upperBound]), y: Bounds([y.lowerBound, y.upperBound]))
    }
}
