import Foundation

/// How often values fall into bins of equal width.
public struct HistogramLayer: Layer {
    /// The edges of the bins, ascending, one more than there are bins.
    public let edges: [Double]
    /// The height of each bin: a count, or a density whose area is 1.
    public let heights: [Double]
    /// The fill.
    public var color: Color
    /// The name in the legend; nil leaves the bars out of it.
    public var label: String?

    /// Counts the finite values.
    ///
    /// - Parameters:
    ///   - bins: how many; nil follows the spread of the middle half (D. Freedman and P. Diaconis 1981,
    ///     doi:10.1007/BF01025868), 5 to 60.
    ///   - range: the ends of the bins; nil takes those of the values.
    ///   - isDensity: whether the area of all bars is 1.
    /// - Throws: ``FigureError/emptyData(what:)`` when no value is finite, ``FigureError/invalidRange(what:lower:upper:)``.
    public init(
        _ values: [Double], bins: Int? = nil, range: ClosedRange<Double>? = nil, isDensity: Bool = false,
        color: Color = .series(0).opacity(0.75), label: String? = nil
    ) throws(FigureError) {
        let finite = values.filter(\.isFinite).sorted()
        guard let least = finite.first, let most = finite.last else {
            throw .emptyData(what: label.map { "the histogram '\($0)'" } ?? "a histogram")
        }
        // A single value gets bins around it.
        let room = most > least ? 0 : max(abs(least), 1) / 2
        let ends = range ?? (least - room)...(most + room)
        guard ends.isDrawable else {
            throw .invalidRange(what: "a histogram", lower: ends.lowerBound, upper: ends.upperBound)
        }
        let count = max(1, bins ?? Self.suitableBins(finite, ends))
        let width = (ends.upperBound - ends.lowerBound) / Double(count)
        var heights = [Double](repeating: 0, count: count)
        for value in finite where ends.contains(value) {
            heights[min(Int((value - ends.lowerBound) / width), count - 1)] += 1
        }
        if isDensity { heights = heights.map { $0 / (Double(finite.count) * width) } }
        edges = (0...count).map { ends.lowerBound + Double($0) * width }
        self.heights = heights
        self.color = color
        self.label = label
    }

    private static func suitableBins(_ sorted: [Double], _ ends: ClosedRange<Double>) -> Int {
        let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        let width = 2 * spread / cbrt(Double(sorted.count))
        guard width > 0 else { return 10 }
        return min(max(Int(((ends.upperBound - ends.lowerBound) / width).rounded(.up)), 5), 60)
    }

    /// Edges and heights.
    public var series: [(name: String, values: [Double])] { [("edges", edges), ("heights", heights)] }

    /// From zero to the highest bar.
    public var extent: Extent { Extent(x: Bounds(edges), y: Bounds(heights + [0])) }
    /// A sample of the fill.
    public var legend: LegendEntry? { label.map { LegendEntry($0, fill: color) } }

    /// The upper edges of the bars.
    public func obstacles(in frame: Frame) -> [Point] {
        heights.indices.flatMap { bin -> [Point] in
            [edges[bin], (edges[bin] + edges[bin + 1]) / 2].compactMap { frame.point($0, heights[bin]) }
        }
    }

    /// Draws the bars with thin white edges.
    public func draw(on canvas: Canvas, in frame: Frame) {
        let bottom = frame.yAxis.scale == .logarithmic ? frame.yRange.lowerBound : 0
        for bin in heights.indices where heights[bin] > bottom {
            guard let bar = frame.rectangle(x: edges[bin]...edges[bin + 1], y: bottom...heights[bin])
            else { continue }
            canvas.fill(bar, with: color)
            canvas.outline(bar, Stroke(.white, width: 0.5))
        }
    }
}
