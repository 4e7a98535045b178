/// The size of a figure on paper, in points (1/72 inch), and the scale of its text.
public struct FigureSize: Sendable, Hashable {
    /// Width in points.
    public var width: Double
    /// Height in points; nil lets the panels decide, so that equal axes fill their space.
    public var height: Double?
    /// Size of tick labels in points; every other text follows it.
    public var fontSize: Double

    /// A size in points.
    public init(width: Double, height: Double? = nil, fontSize: Double = 9) {
        self.width = width
        self.height = height
        self.fontSize = fontSize
    }

    /// One column of a two-column journal, 3.5 inches wide.
    public static let column = FigureSize(width: 252, fontSize: 7.5)
    /// A page of text, 7 inches wide.
    public static let page = FigureSize(width: 504)
    /// A wide figure for screens and contact sheets, 10 inches wide.
    public static let wide = FigureSize(width: 720, fontSize: 9.5)
    /// A slide of 13.33 by 7.5 inches.
    public static let slide = FigureSize(width: 960, height: 540, fontSize: 15)

    /// The presets by name, as in `--size page`.
    public static let named: [(name: String, size: FigureSize)] = [
        ("column", .column), ("page", .page), ("wide", .wide), ("slide", .slide),
    ]
}
