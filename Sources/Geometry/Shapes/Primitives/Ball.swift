import Schema

/// A circle (in two dimensions, a cylinder without ends in three) or a sphere: φ = |x − c| − r.
public struct Ball: Shape {
    private let center: Point
    private let radius: Double
    private let isPlanar: Bool

    /// - Parameter isPlanar: a circle, which does not look at z.
    public init(center: Point, radius: Double, isPlanar: Bool) {
        self.center = isPlanar ? Point(center.x, center.y, 0) : center
        self.radius = radius
        self.isPlanar = isPlanar
    }

    /// |x − c| − r.
    public func distance(to point: Point) -> Double {
        var away = point - center
        if isPlanar { away.z = 0 }
        return (away * away).sum().squareRoot() - radius
    }

    /// The box around it.
    public var bounds: Bounds {
        var reach = Point(repeating: radius)
        if isPlanar { reach.z = .infinity }
        return Bounds(lower: center - reach, upper: center + reach)
    }

    /// Always.
    public var isExact: Bool { true }
}

extension ShapeKind {
    private static let planarCenter = Key.numbers(
        "center", .any, .exactly(2), unit: "length", "Centre.")
    private static let center = Key.numbers("center", .any, .exactly(3), unit: "length", "Centre.")
    private static let radius = Key.number("radius", .above(0), unit: "length", "Radius.")

    static let circle = ShapeKind("circle", .planar, "A circle.", [planarCenter, radius]) { section, _ in
        guard let center = section.planarPoint(planarCenter), let radius = section.finite(radius) else {
            return nil
        }
        return Ball(center: center, radius: radius, isPlanar: true)
    }

    static let sphere = ShapeKind("sphere", .solid, "A sphere.", [center, radius]) { section, _ in
        guard let center = section.point(center), let radius = section.finite(radius) else { return nil }
        return Ball(center: center, radius: radius, isPlanar: false)
    }
}
