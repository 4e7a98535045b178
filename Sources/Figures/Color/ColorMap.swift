/// A map from a number in 0...1 to a colour, linear in sRGB between evenly spaced control points.
public struct ColorMap: Sendable, Hashable {
    /// What kind of quantity a map suits.
    public enum Kind: Sendable, Hashable {
        /// Lightness rises from end to end: for quantities with a least and a greatest value.
        case sequential
        /// Lightest in the middle: for signed quantities, with the middle at zero.
        case diverging
    }

    /// The name in the registry, as in `--color-map viridis`.
    public let name: String
    /// What kind of quantity the map suits.
    public let kind: Kind
    private let points: [Color]

    /// A map through evenly spaced colours. One colour makes a constant map; none makes black.
    public init(name: String, kind: Kind, points: [Color]) {
        self.name = name
        self.kind = kind
        self.points = points.isEmpty ? [.grey(0)] : points
    }

    init(name: String, kind: Kind, hexPoints: [UInt32]) {
        self.init(name: name, kind: kind, points: hexPoints.map { Color(hex: $0) })
    }

    /// The colour at `position`; positions under 0 or over 1 take the end colours, NaN takes
    /// ``Color/nonFinite``.
    public func color(at position: Double) -> Color {
        guard !position.isNaN else { return .nonFinite }
        let scaled = min(max(position, 0), 1) * Double(points.count - 1)
        let index = min(Int(scaled), points.count - 1)
        guard index + 1 < points.count else { return points[index] }
        return points[index].mixed(with: points[index + 1], share: scaled - Double(index))
    }

    /// `count` pixels `0xFFRRGGBB` evenly spaced over the map.
    package func table(count: Int) -> [UInt32] {
        (0..<count).map { color(at: Double($0) / Double(max(count - 1, 1))).pixel }
    }
}
