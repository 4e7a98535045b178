import Geometry

/// The size across the thinnest part of a solid, as a calliper finds it.
///
/// From every piece of the surface a ray goes straight in until it comes out again. It counts where the two walls are
/// nearly parallel, so that corners and sharp edges, which have no thickness, do not. Where no walls are parallel it
/// is the diameter of the largest ball inside.
struct ShapeThickness {
    /// The size; 0 where nothing is solid.
    let smallest: Double

    /// The cosine between normals of walls that count: within 10° of opposite.
    private static let opposite = -0.985

    init(_ field: SignedDistanceField) {
        let shape = SampledShape(field)
        let spacing = (0..<field.grid.rank).map(field.grid.spacing).max() ?? 0
        var thinnest = Double.infinity
        for element in SurfaceContour(shape, on: field.grid).elements {
            let length = Self.chord(
                shape, from: element.center, normal: element.normal, spacing: spacing, limit: thinnest,
                rank: field.grid.rank)
            if let length { thinnest = min(thinnest, length) }
        }
        let deepest = Double(field.values.min() ?? 0)
        smallest = thinnest.isFinite ? thinnest : max(0, -2 * deepest)
    }

    /// The length of the ray inside; nil where it comes out at a slant, or beyond `limit`.
    private static func chord(
        _ shape: SampledShape, from start: Point, normal: Point, spacing: Double, limit: Double, rank: Int
    ) -> Double? {
        var length = 0.25 * spacing
        for _ in 0..<200 {
            guard length < limit else { return nil }
            let depth = -shape.distance(to: start - length * normal)
            if depth <= 1e-3 * spacing {
                let end = outward(shape, at: start - length * normal, step: 0.25 * spacing, rank: rank)
                return (end * normal).sum() < opposite ? length : nil
            }
            length += depth
        }
        return nil
    }

    /// The unit normal by central differences; 0 where there is none.
    private static func outward(_ shape: SampledShape, at point: Point, step: Double, rank: Int) -> Point {
        var gradient = Point(repeating: 0)
        for axis in 0..<rank {
            var (below, above) = (point, point)
            below[axis] -= step
            above[axis] += step
            gradient[axis] = shape.distance(to: above) - shape.distance(to: below)
        }
        let length = (gradient * gradient).sum().squareRoot()
        return length > 0 ? gradient / length : gradient
    }
}
