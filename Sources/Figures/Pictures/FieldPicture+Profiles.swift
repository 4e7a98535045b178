/// One line of a profile.
public struct Curve: Sendable {
    /// Positions.
    public var x: [Double]
    /// Values, one for each position.
    public var y: [Double]
    /// The name in the legend; nil leaves the line out of it.
    public var label: String?
    /// True for an exact or reference solution, drawn thin and dark beneath the others.
    public var isReference: Bool

    /// A line.
    public init(x: [Double], y: [Double], label: String? = nil, isReference: Bool = false) {
        self.x = x
        self.y = y
        self.label = label
        self.isReference = isReference
    }
}

/// One field along a line, computed once or several times.
public struct Profile: Sendable {
    /// The field's name in the run file, as in `density`.
    public var field: String
    /// The unit; nil for a number without a unit.
    public var unit: String?
    /// The lines.
    public var curves: [Curve]

    /// A profile.
    public init(field: String, unit: String? = nil, curves: [Curve]) {
        self.field = field
        self.unit = unit
        self.curves = curves
    }
}

extension FieldPicture {
    /// Fields along a line, one panel each, stacked over a common x axis.
    ///
    /// The legend stands in the first panel only; the lines of a name have the same colour in all panels.
    /// - Parameter columns: nil stacks up to four panels and sets more in two columns.
    /// - Throws: ``FigureError`` for lines without finite points or of unequal length.
    public static func profiles(
        _ profiles: [Profile], title: String = "", xLabel: String = "x", columns: Int? = nil,
        size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        try stack(profiles, title: title, xLabel: xLabel, columns: columns, size: size, marksCells: true)
    }

    /// See ``profiles(_:title:xLabel:columns:size:)``.
    /// - Parameter marksCells: whether points are marked where there are few of them, to tell cells apart.
    static func stack(
        _ profiles: [Profile], title: String, xLabel: String, columns: Int? = nil, size: FigureSize,
        marksCells: Bool
    ) throws(FigureError) -> Figure {
        let range = domain(of: profiles.flatMap(\.curves))
        let columns = columns ?? (profiles.count > 4 ? 2 : 1)
        var panels: [Panel] = []
        for (index, profile) in profiles.enumerated() {
            let isLowest = index + columns >= profiles.count
            let label = FieldStyle.named(profile.field).label
            panels.append(
                Panel(
                    xAxis: Axis(xLabel, range: range, showsLabels: isLowest),
                    yAxis: Axis(label, unit: profile.unit, margin: 0.07),
                    layers: try layers(profile.curves, showsLegend: index == 0, marksCells: marksCells),
                    shape: .ratio(profiles.count == 1 ? 0.58 : columns > 1 ? 0.55 : 0.34)))
        }
        return Figure(title: title, panels: panels, columns: columns, size: size)
    }

    /// The domain whose cell centres the computed curves lie on: half a cell more at each end. Nil when the
    /// points are too few to tell.
    private static func domain(of curves: [Curve]) -> ClosedRange<Double>? {
        var bounds = Bounds()
        for curve in curves where !curve.isReference && curve.x.count > 1 {
            let own = Bounds(curve.x)
            let half = (own.upper - own.lower) / Double(curve.x.count - 1) / 2
            bounds.include(own.lower - half)
            bounds.include(own.upper + half)
        }
        return bounds.upper > bounds.lower ? bounds.lower...bounds.upper : nil
    }

    private static func layers(
        _ curves: [Curve], showsLegend: Bool, marksCells: Bool
    ) throws(FigureError) -> [any Layer] {
        var references: [any Layer] = []
        var computed: [any Layer] = []
        for curve in curves {
            let color = curve.isReference ? Color.ink : Color.series(computed.count)
            let stroke =
                curve.isReference
                ? Stroke(color, width: 1, dash: references.isEmpty ? .solid : .dashed)
                : Stroke(color, width: 1.5)
            let isMarked = marksCells && !curve.isReference && curve.x.count <= 64
            let marker = isMarked ? Marker(color: color, size: 3.4) : nil
            let layer = try LineLayer(
                x: curve.x, y: curve.y, stroke: stroke, marker: marker,
                label: showsLegend && curves.count > 1 ? curve.label : nil)
            if curve.isReference { references.append(layer) } else { computed.append(layer) }
        }
        return references + computed
    }
}
