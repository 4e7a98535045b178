/// A point of the figure, in points (1/72 inch) from the upper left corner, y downwards.
public struct Point: Sendable, Hashable {
    /// Distance from the left edge.
    public var x: Double
    /// Distance from the upper edge.
    public var y: Double

    /// A point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// An upright rectangle of the figure, in points.
public struct Rectangle: Sendable, Hashable {
    /// Left edge.
    public var x: Double
    /// Upper edge.
    public var y: Double
    /// Width.
    public var width: Double
    /// Height.
    public var height: Double

    /// A rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Right edge.
    public var right: Double { x + width }
    /// Lower edge.
    public var bottom: Double { y + height }
    /// The point half way between the edges.
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// True when `point` lies inside or on the edge.
    public func contains(_ point: Point) -> Bool {
        point.x >= x && point.x <= right && point.y >= y && point.y <= bottom
    }

    /// The rectangle with each edge moved outwards by `distance`.
    public func grown(by distance: Double) -> Rectangle {
        Rectangle(
            x: x - distance, y: y - distance, width: width + 2 * distance, height: height + 2 * distance)
    }
}

/// A pattern of dashes.
public enum Dash: Sendable, Hashable {
    /// Unbroken.
    case solid
    /// Long dashes.
    case dashed
    /// Dots.
    case dotted
    /// Dashes and dots in turn.
    case dashDotted

    /// Lengths of strokes and gaps in units of the line's width.
    var pattern: [Double] {
        switch self {
        case .solid: []
        case .dashed: [4, 2.2]
        case .dotted: [1.1, 1.6]
        case .dashDotted: [5, 2, 1.1, 2]
        }
    }
}

/// How a line is drawn.
public struct Stroke: Sendable, Hashable {
    /// Its colour.
    public var color: Color
    /// Its width in points.
    public var width: Double
    /// Its pattern of dashes.
    public var dash: Dash

    /// A stroke.
    public init(_ color: Color, width: Double = 1.4, dash: Dash = .solid) {
        self.color = color
        self.width = width
        self.dash = dash
    }
}

/// The mark at a data point.
public struct Marker: Sendable, Hashable {
    /// The form of a marker.
    public enum Form: Sendable, Hashable, CaseIterable {
        /// A disc.
        case circle
        /// An upright square.
        case square
        /// A triangle on its base.
        case triangle
        /// A square on its corner.
        case diamond
        /// Two crossing strokes.
        case cross
    }

    /// The form.
    public var form: Form
    /// The colour.
    public var color: Color
    /// Width in points.
    public var size: Double
    /// True fills the form; false leaves it white inside.
    public var isFilled: Bool

    /// A marker.
    public init(_ form: Form = .circle, color: Color, size: Double = 4, isFilled: Bool = true) {
        self.form = form
        self.color = color
        self.size = size
        self.isFilled = isFilled
    }
}
