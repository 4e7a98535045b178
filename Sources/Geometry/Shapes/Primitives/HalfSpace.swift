import Schema

/// One side of a plane or line: φ = (x − p)·n.
public struct HalfSpace: Shape {
    private let point: Point
    private let normal: Point

    /// - Parameter normal: Points out of the solid; of length 1.
    public init(point: Point, normal: Point) {
        self.point = point
        self.normal = normal
    }

    /// (x − p)·n.
    public func distance(to point: Point) -> Double { (point - self.point).dot(normal) }

    /// Ends only where the plane is across an axis.
    public var bounds: Bounds {
        var bounds = Bounds.everything
        for axis in 0..<3 {
            if normal[axis] == 1 { bounds.upper[axis] = point[axis] }
            if normal[axis] == -1 { bounds.lower[axis] = point[axis] }
        }
        return bounds
    }

    /// Always.
    public var isExact: Bool { true }
}

extension ShapeKind {
    private static let point = Key.numbers("point", .any, .dimension, unit: "length", "A point of the plane.")
    private static let normal = Key.numbers(
        "normal", .any, .dimension, unit: "1", "Points out of the solid; of any length but 0.")

    static let halfSpace = ShapeKind(
        "half-space", .either, "One side of a line or plane.", [point, normal]
    ) { section, reader in
        guard let point = section.point(point), let normal = section.direction(normal, &reader) else {
            return nil
        }
        return HalfSpace(point: point, normal: normal)
    }
}
