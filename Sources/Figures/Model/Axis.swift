/// How values are laid out along an axis.
public enum AxisScale: Sendable, Hashable {
    /// Equal steps take equal lengths.
    case linear
    /// Equal ratios take equal lengths; values of zero and less are left out.
    case logarithmic
}

/// One axis of a panel.
public struct Axis: Sendable {
    /// What the axis measures, as in "density".
    public var label: String
    /// Its unit, as in "kg/m³"; nil for a number without a unit.
    public var unit: String?
    /// Linear or logarithmic.
    public var scale: AxisScale
    /// The ends of the axis; nil takes them from the data.
    public var range: ClosedRange<Double>?
    /// The share of the data's range that is left free at each end when `range` is nil.
    public var margin: Double
    /// Where to put labelled ticks; nil chooses round numbers.
    public var ticks: [Double]?
    /// True turns the axis round: values grow towards the origin, as aerodynamicists draw pressures.
    public var isReversed: Bool
    /// False leaves out numbers and label, as between panels that share an axis.
    public var showsLabels: Bool

    /// An axis.
    public init(
        _ label: String = "", unit: String? = nil, scale: AxisScale = .linear,
        range: ClosedRange<Double>? = nil, margin: Double = 0, ticks: [Double]? = nil,
        isReversed: Bool = false, showsLabels: Bool = true
    ) {
        self.label = label
        self.unit = unit
        self.scale = scale
        self.range = range
        self.margin = margin
        self.ticks = ticks
        self.isReversed = isReversed
        self.showsLabels = showsLabels
    }
}
