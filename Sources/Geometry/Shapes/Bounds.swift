/// A box along the axes.
public struct Bounds: Sendable, Equatable {
    /// The corner with the smallest coordinates.
    public var lower: Point
    /// The corner with the largest coordinates.
    public var upper: Point

    /// A box between two corners.
    public init(lower: Point, upper: Point) {
        self.lower = lower
        self.upper = upper
    }

    /// All of space.
    public static let everything = Bounds(
        lower: Point(repeating: -.infinity), upper: Point(repeating: .infinity))

    /// Whether the boxes have a point in common.
    public func meets(_ other: Bounds) -> Bool {
        all(lower .<= other.upper) && all(other.lower .<= upper)
    }

    /// The smallest box around both.
    public func union(_ other: Bounds) -> Bounds {
        Bounds(
            lower: pointwiseMin(lower, other.lower), upper: pointwiseMax(upper, other.upper))
    }
}
