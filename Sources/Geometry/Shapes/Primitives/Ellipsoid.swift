import Schema

/// An ellipse (which does not look at z) or an ellipsoid, with the distance to the nearest point of its surface
/// (Eberly, "Distance from a Point to an Ellipse, an Ellipsoid, or a Hyperellipsoid", 2013).
public struct Ellipsoid: Shape {
    private let center: Point
    private let radii: Point
    /// The axes in descending order of their radii.
    private let order: [Int]

    /// - Parameters:
    ///   - radii: The half axes along x, y and z.
    ///   - isPlanar: An ellipse, which does not look at z.
    public init(center: Point, radii: Point, isPlanar: Bool) {
        self.center = center
        self.radii = radii
        order = (isPlanar ? [0, 1] : [0, 1, 2]).sorted { radii[$0] > radii[$1] }
    }

    /// The distance to the nearest point; negative where Σ (xᵢ/rᵢ)² < 1.
    public func distance(to point: Point) -> Double {
        let away = pointwiseAbs(point - center)
        var (sorted, lengths) = (Point(repeating: 0), Point(repeating: 1))
        for (place, axis) in order.enumerated() {
            sorted[place] = away[axis]
            lengths[place] = radii[axis]
        }
        let nearest = Self.nearest(sorted, lengths, count: order.count)
        let inside = (sorted / lengths).dot(sorted / lengths) < 1
        return inside ? -(sorted - nearest).length : (sorted - nearest).length
    }

    /// The nearest point of the surface in the part of space where no coordinate is negative.
    private static func nearest(_ point: Point, _ radii: Point, count: Int) -> Point {
        let last = count - 1
        if count == 1 { return Point(radii.x, 0, 0) }
        if point[last] > 1e-14 * radii[last] { return offPlane(point, radii, count) }
        // In the plane of the longer axes. Close to the middle the nearest point is off the plane.
        var foot = Point(repeating: 0)
        var rest = 1.0
        for axis in 0..<last {
            let numerator = radii[axis] * point[axis]
            let denominator = radii[axis] * radii[axis] - radii[last] * radii[last]
            guard numerator < denominator || point[axis] == 0 else {
                return nearest(point, radii, count: last)
            }
            let share = denominator > 0 ? numerator / denominator : 0
            foot[axis] = radii[axis] * share
            rest -= share * share
        }
        guard rest > 0 else { return nearest(point, radii, count: last) }
        foot[last] = radii[last] * rest.squareRoot()
        return foot
    }

    /// The foot xᵢ = rᵢ² yᵢ/(rᵢ² + t) at the root of Σ (rᵢ yᵢ/(rᵢ² + t))² = 1, for the unknown s = t + r² of the
    /// shortest axis. The sum falls and is convex, so that Newton's method climbs to the root from any start on
    /// its left.
    private static func offPlane(_ point: Point, _ radii: Point, _ count: Int) -> Point {
        let shortest = radii[count - 1]
        var gaps = (radii - shortest) * (radii + shortest)
        var products = radii * point
        if count < 3 { (gaps.z, products.z) = (1, 0) }
        // The rightmost place where one term alone is 1.
        var root = 0.0
        for axis in 0..<count { root = max(root, products[axis] - gaps[axis]) }
        for _ in 0..<200 {
            let terms = products / (gaps + root)
            let value = terms.dot(terms) - 1
            let slope = -2 * (terms * terms / (gaps + root)).sum()
            let next = root - value / slope
            guard next > root else { break }
            root = next
        }
        return radii * products / (gaps + root)
    }

    /// The box around it.
    public var bounds: Bounds {
        var reach = radii
        if order.count == 2 { reach.z = .infinity }
        return Bounds(lower: center - reach, upper: center + reach)
    }

    /// Always.
    public var isExact: Bool { true }
}

extension ShapeKind {
    private static let planarCenter = Key.numbers("center", .any, .exactly(2), unit: "length", "Centre.")
    private static let planarRadii = Key.numbers(
        "radii", .above(0), .exactly(2), unit: "length", "Half axes along x and y.")
    private static let center = Key.numbers("center", .any, .exactly(3), unit: "length", "Centre.")
    private static let radii = Key.numbers(
        "radii", .above(0), .exactly(3), unit: "length", "Half axes along x, y and z.")

    static let ellipse = ShapeKind(
        "ellipse", .planar, "An ellipse.", [planarCenter, planarRadii]
    ) { section, _ in
        guard let center = section.planarPoint(planarCenter), let radii = section.planarPoint(planarRadii)
        else { return nil }
        return Ellipsoid(center: center, radii: radii, isPlanar: true)
    }

    static let ellipsoid = ShapeKind("ellipsoid", .solid, "An ellipsoid.", [center, radii]) { section, _ in
        guard let center = section.point(center), let radii = section.point(radii) else { return nil }
        return Ellipsoid(center: center, radii: radii, isPlanar: false)
    }
}
