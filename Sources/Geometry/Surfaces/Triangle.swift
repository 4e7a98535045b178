import Foundation

/// A triangle in space; a segment or a point where corners coincide.
struct Triangle: Sendable {
    var a: Point
    var b: Point
    var c: Point

    /// The box around it.
    var bounds: Bounds {
        Bounds(
            lower: pointwiseMin(a, pointwiseMin(b, c)), upper: pointwiseMax(a, pointwiseMax(b, c)))
    }

    /// The centre of gravity.
    var centroid: Point { (a + b + c) / 3 }

    /// Half of (b − a) × (c − a): the area, along the normal.
    var areaVector: Point { 0.5 * cross(b - a, c - a) }

    /// The point of the triangle that is nearest to `point` (after Ericson 2004, Real-Time Collision
    /// Detection, section 5.1.5).
    func closest(to point: Point) -> Point {
        let ab = b - a
        let ac = c - a
        let ap = point - a
        let d1 = dot(ab, ap)
        let d2 = dot(ac, ap)
        if d1 <= 0, d2 <= 0 { return a }
        let d3 = d1 - dot(ab, ab)
        let d4 = d2 - dot(ac, ab)
        if d3 >= 0, d4 <= d3 { return b }
        let d5 = d1 - dot(ab, ac)
        let d6 = d2 - dot(ac, ac)
        if d6 >= 0, d5 <= d6 { return c }
        let vc = d1 * d4 - d3 * d2
        if vc <= 0, d1 >= 0, d3 <= 0, d1 - d3 > 0 { return a + d1 / (d1 - d3) * ab }
        let vb = d5 * d2 - d1 * d6
        if vb <= 0, d2 >= 0, d6 <= 0, d2 - d6 > 0 { return a + d2 / (d2 - d6) * ac }
        let va = d3 * d6 - d5 * d4
        let fromB = d4 - d3
        let fromC = d5 - d6
        if va <= 0, fromB >= 0, fromC >= 0, fromB + fromC > 0 {
            return b + fromB / (fromB + fromC) * (c - b)
        }
        let sum = va + vb + vc
        return sum > 0 ? a + vb / sum * ab + vc / sum * ac : a
    }

    /// The signed solid angle under which `point` sees the triangle (Van Oosterom & Strackee 1983,
    /// doi:10.1109/TBME.1983.325207).
    func solidAngle(from point: Point) -> Double {
        let u = a - point
        let v = b - point
        let w = c - point
        let lengths = (dot(u, u).squareRoot(), dot(v, v).squareRoot(), dot(w, w).squareRoot())
        let spread =
            lengths.0 * lengths.1 * lengths.2 + dot(u, v) * lengths.2 + dot(v, w) * lengths.0
            + dot(w, u) * lengths.1
        return 2 * atan2(dot(u, cross(v, w)), spread)
    }
}

/// The scalar product.
func dot(_ a: Point, _ b: Point) -> Double { (a * b).sum() }

/// The vector product.
func cross(_ a: Point, _ b: Point) -> Point {
    Point(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
