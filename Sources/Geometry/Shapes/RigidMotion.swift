import Foundation

/// A scaling and rotation about a point, followed by a translation: x ↦ c + t + s R (x − c).
public struct RigidMotion: Sendable {
    /// The rows of R; entries that are 0 but for round-off are 0.
    private let rows: (Point, Point, Point)
    /// The columns of R, the rows of its inverse.
    private let columns: (Point, Point, Point)
    private let pivot: Point
    private let translation: Point
    /// The factor s > 0 by which lengths grow.
    public let scale: Double
    /// Whether nothing moves.
    public let isIdentity: Bool

    /// - Parameters:
    ///   - scale: The factor s > 0.
    ///   - degrees: The angle, counter-clockwise when looking against `axis`.
    ///   - axis: The axis of the rotation, of length 1.
    ///   - pivot: The point c that stays in place before the translation.
    ///   - translation: t.
    public init(
        scale: Double = 1, degrees: Double = 0, axis: Point = Point(0, 0, 1),
        pivot: Point = Point(repeating: 0), translation: Point = Point(repeating: 0)
    ) {
        self.scale = scale
        self.pivot = pivot
        self.translation = translation
        isIdentity = scale == 1 && degrees == 0 && translation == Point(repeating: 0)
        columns = (
            Self.turn(Point(1, 0, 0), degrees, axis), Self.turn(Point(0, 1, 0), degrees, axis),
            Self.turn(Point(0, 0, 1), degrees, axis)
        )
        let (x, y, z) = columns
        rows = (Point(x.x, y.x, z.x), Point(x.y, y.y, z.y), Point(x.z, y.z, z.z))
    }

    /// Rodrigues' formula, v cos θ + (k × v) sin θ + k (k·v)(1 − cos θ).
    private static func turn(_ vector: Point, _ degrees: Double, _ axis: Point) -> Point {
        let (cosine, sine) = cosineAndSine(degrees: degrees)
        let turned =
            vector * cosine + axis.cross(vector) * sine + axis * (axis.dot(vector) * (1 - cosine))
        return turned.replacing(with: 0, where: pointwiseAbs(turned) .< 1e-15)
    }

    /// Where a point goes.
    public func apply(_ point: Point) -> Point {
        let away = (point - pivot) * scale
        return pivot + translation + Point(rows.0.dot(away), rows.1.dot(away), rows.2.dot(away))
    }

    /// Where a point comes from.
    public func undo(_ point: Point) -> Point {
        let away = (point - pivot - translation) / scale
        return pivot + Point(columns.0.dot(away), columns.1.dot(away), columns.2.dot(away))
    }

    /// A box around the image of a box; sides without end stay so.
    func apply(_ bounds: Bounds) -> Bounds {
        let lower = (bounds.lower - pivot) * scale
        let upper = (bounds.upper - pivot) * scale
        let reaches = [rows.0, rows.1, rows.2].map { reach($0, lower, upper) }
        let origin = pivot + translation
        return Bounds(
            lower: origin + Point(reaches[0].lowest, reaches[1].lowest, reaches[2].lowest),
            upper: origin + Point(reaches[0].highest, reaches[1].highest, reaches[2].highest))
    }

    private func reach(_ row: Point, _ lower: Point, _ upper: Point) -> (lowest: Double, highest: Double) {
        var (lowest, highest) = (0.0, 0.0)
        // 0 · ∞ is not a number: a direction that does not contribute is left out.
        for axis in 0..<3 where row[axis] != 0 {
            lowest += min(row[axis] * lower[axis], row[axis] * upper[axis])
            highest += max(row[axis] * lower[axis], row[axis] * upper[axis])
        }
        return (lowest, highest)
    }
}

/// Cosine and sine of an angle in degrees, exact at multiples of 90.
func cosineAndSine(degrees: Double) -> (cosine: Double, sine: Double) {
    switch degrees.truncatingRemainder(dividingBy: 360) {
    case 0: (1, 0)
    case 90, -270: (0, 1)
    case 180, -180: (-1, 0)
    case 270, -90: (0, -1)
    case let rest: (cos(rest * .pi / 180), sin(rest * .pi / 180))
    }
}
