/// The shape of the box that a panel draws its data in.
public enum PanelShape: Sendable, Hashable {
    /// Height over width, chosen for good reading.
    case ratio(Double)
    /// One unit of x is as long as one unit of y, and the axes end with the data.
    case equalUnits
}

/// A colour bar beside or under a panel; it explains the panel's first heat map.
public struct ColorBar: Sendable, Hashable {
    /// Where the bar stands.
    public enum Placement: Sendable, Hashable {
        /// To the right, as high as the panel.
        case right
        /// Beneath, as wide as the panel: for flat panels.
        case below
    }

    /// What the colours measure.
    public var label: String
    /// Its unit, nil for a number without a unit.
    public var unit: String?
    /// Where the bar stands.
    public var placement: Placement

    /// A colour bar.
    public init(_ label: String = "", unit: String? = nil, placement: Placement = .right) {
        self.label = label
        self.unit = unit
        self.placement = placement
    }
}

/// One set of axes with the layers drawn in it, first layer first.
public struct Panel: Sendable {
    /// The title over the panel; empty for none.
    public var title: String
    /// The horizontal axis.
    public var xAxis: Axis
    /// The vertical axis.
    public var yAxis: Axis
    /// What is drawn, from back to front.
    public var layers: [any Layer]
    /// The bar that explains the colours of the first heat map.
    public var colorBar: ColorBar?
    /// The shape of the plot box.
    public var shape: PanelShape
    /// True draws fine lines at the ticks.
    public var showsGrid: Bool

    /// A panel.
    public init(
        title: String = "", xAxis: Axis = Axis(), yAxis: Axis = Axis(margin: 0.06), layers: [any Layer] = [],
        colorBar: ColorBar? = nil, shape: PanelShape = .ratio(0.62), showsGrid: Bool = true
    ) {
        self.title = title
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.layers = layers
        self.colorBar = colorBar
        self.shape = shape
        self.showsGrid = showsGrid
    }

    /// What the colour bar explains: the colours of the first layer whose colours stand for values.
    var colors: ColorScale? { layers.lazy.compactMap(\.colors).first }
    /// The number of values of all layers that are not finite.
    var nonFiniteCount: Int { layers.reduce(0) { $0 + ($1.colors?.nonFiniteCount ?? 0) } }
}
