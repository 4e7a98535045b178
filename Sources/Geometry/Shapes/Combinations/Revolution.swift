/// A solid of revolution: the half plane (t, r) with r ≥ 0, in which a profile lies, turned about the axis r = 0.
public struct Revolution: Shape {
    private let profile: any Shape
    private let origin: Point
    private let axis: Point
    /// Whether the distance is Euclidean: where that of the profile is, and no part of it beyond the axis is
    /// nearer than its mirror image.
    public let isExact: Bool

    /// - Parameters:
    ///   - profile: A plane shape; x runs along the axis and y away from it. What lies at y < 0 is not looked
    ///     at but may be the nearest surface: it should be the mirror image, or nothing.
    ///   - origin: Where the profile's origin is.
    ///   - axis: The direction of the profile's x, of length 1.
    public init(_ profile: any Shape, origin: Point, axis: Point) {
        let profile = profile.revolutionProfile
        self.profile = profile
        self.origin = origin
        self.axis = axis
        isExact =
            profile.isExact && (profile.bounds.lower.y >= 0 || Self.isSymmetric(profile))
    }

    /// The distance in the half plane of the point.
    public func distance(to point: Point) -> Double {
        let away = point - origin
        let along = away.dot(axis)
        return profile.distance(to: Point(along, (away - axis * along).length, 0))
    }

    /// The box around the two discs that bound the profile's box.
    public var bounds: Bounds {
        let box = profile.bounds
        let radius = max(box.upper.y, 0)
        let reach = radius * Point(Self.tilt(axis.x), Self.tilt(axis.y), Self.tilt(axis.z))
        guard box.lower.x.isFinite, box.upper.x.isFinite, radius.isFinite else { return .everything }
        let ends = [axis * box.lower.x, axis * box.upper.x]
        return Bounds(
            lower: origin + pointwiseMin(ends[0], ends[1]) - reach,
            upper: origin + pointwiseMax(ends[0], ends[1]) + reach)
    }

    /// The sine of the angle whose cosine is given.
    private static func tilt(_ cosine: Double) -> Double { max(1 - cosine * cosine, 0).squareRoot() }

    /// Whether the profile is the mirror image of itself, found from a few hundred points.
    private static func isSymmetric(_ profile: any Shape) -> Bool {
        samples(profile).allSatisfy { point in
            let (one, other) = (
                profile.distance(to: point), profile.distance(to: Point(point.x, -point.y, 0))
            )
            return abs(one - other) <= 1e-9 * (1 + abs(one))
        }
    }

    /// Whether φ = 0 along a part of the axis that is within the solid.
    var hasWallOnAxis: Bool {
        let size = profile.bounds.upper.y
        return Self.samples(profile).contains { point in
            abs(profile.distance(to: Point(point.x, 0, 0))) < 1e-12 * size
                && profile.distance(to: Point(point.x, 1e-6 * size, 0)) < 0
        }
    }

    /// A grid over the part of the profile's box above the axis.
    private static func samples(_ profile: any Shape) -> [Point] {
        let (lower, upper) = (profile.bounds.lower, profile.bounds.upper)
        guard lower.x.isFinite, upper.x.isFinite, upper.y.isFinite else { return [] }
        return (0..<256).map { index in
            let (x, y) = (Double(index % 32) + 0.5, Double(index / 32) + 0.5)
            return Point(lower.x + (upper.x - lower.x) * x / 32, upper.y * y / 8, 0)
        }
    }
}

extension ClosedCurve {
    /// A curve with sides on the axis y = 0, and otherwise above it, joined with its mirror image instead of
    /// them: those sides are within the solid of revolution. Nil where there are no such sides.
    var mirroredAcrossAxis: ClosedCurve? {
        let count = vertices.count
        let onAxis = vertices.indices.filter { vertices[$0].y == 0 && vertices[($0 + 1) % count].y == 0 }
        guard !onAxis.isEmpty, vertices.allSatisfy({ $0.y >= 0 }) else { return nil }
        // The way off the axis from the end of its last side to the start of its first one.
        guard let last = onAxis.first(where: { !onAxis.contains(($0 + 1) % count) }) else { return nil }
        let way = (1...count).map { vertices[(last + $0) % count] }
        guard let end = way.dropFirst().firstIndex(where: { $0.y == 0 }) else { return nil }
        let upper = Array(way[...end])
        let isOneRun = way[end...].allSatisfy { $0.y == 0 }
        guard isOneRun, upper.count >= 3 else { return nil }
        let lower = upper.dropFirst().dropLast().reversed().map { PlanarPoint($0.x, -$0.y) }
        return ClosedCurve(upper + lower)
    }
}
