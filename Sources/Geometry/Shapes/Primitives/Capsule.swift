import Schema

/// All points within a radius of a straight line between two points.
public struct Capsule: Shape {
    private let start: Point
    private let along: Point
    private let radius: Double
    private let isPlanar: Bool

    /// - Parameter isPlanar: A stadium, which does not look at z.
    public init(from start: Point, to end: Point, radius: Double, isPlanar: Bool) {
        self.start = isPlanar ? start.planar : start
        along = (isPlanar ? end.planar : end) - self.start
        self.radius = radius
        self.isPlanar = isPlanar
    }

    /// The distance to the line, less the radius.
    public func distance(to point: Point) -> Double {
        let away = (isPlanar ? point.planar : point) - start
        let square = along.dot(along)
        let share = square > 0 ? min(max(away.dot(along) / square, 0), 1) : 0
        return (away - along * share).length - radius
    }

    /// The box around it.
    public var bounds: Bounds {
        var reach = Point(repeating: radius)
        if isPlanar { reach.z = .infinity }
        return Bounds(
            lower: pointwiseMin(start, start + along) - reach,
            upper: pointwiseMax(start, start + along) + reach)
    }

    /// Always.
    public var isExact: Bool { true }
}

extension ShapeKind {
    private static let from = Key.numbers(
        "from", .any, .dimension, unit: "length", "One end of the middle line.")
    private static let to = Key.numbers("to", .any, .dimension, unit: "length", "The other end.")
    private static let radius = Key.number("radius", .above(0), unit: "length", "Radius.")

    static let capsule = ShapeKind(
        "capsule", .either, "All points within a radius of a straight line.", [from, to, radius]
    ) { section, _ in
        guard let from = section.point(from), let to = section.point(to), let radius = section.finite(radius)
        else { return nil }
        return Capsule(from: from, to: to, radius: radius, isPlanar: section.scope.dimension == 2)
    }
}
