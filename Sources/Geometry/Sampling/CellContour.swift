/// The zero of a function in one cell: points in one dimension, segments in two, triangles in three (marching
/// tetrahedra, Doi & Koide 1991), all as triangles. Corners lie on the zero.
enum CellContour {
    /// - Parameters:
    ///   - corners: 2, 4 or 8 corners, x fastest.
    ///   - values: the function at the corners; the zero is between values ≤ 0 and values > 0.
    ///   - precision: what is taken for 0, in parts of the values at the ends of an edge.
    static func triangles(
        corners: [Point], values: [Double], precision: Double = 1e-10, function: (Point) -> Double
    ) -> [Triangle] {
        simplices(corners.count).flatMap { simplex in
            let inside = simplex.filter { values[$0] <= 0 }
            let outside = simplex.filter { values[$0] > 0 }
            guard !inside.isEmpty, !outside.isEmpty else { return [Triangle]() }
            let points = inside.flatMap { from in
                outside.map { to in
                    root(corners[from], corners[to], values[from], values[to], precision, function)
                }
            }
            switch points.count {
            case 1: return [Triangle(a: points[0], b: points[0], c: points[0])]
            case 2: return [Triangle(a: points[0], b: points[1], c: points[1])]
            case 3: return [Triangle(a: points[0], b: points[1], c: points[2])]
            default:
                // Two corners on each side: the points run (0,0), (0,1), (1,1), (1,0) around the quadrangle.
                return [
                    Triangle(a: points[0], b: points[1], c: points[3]),
                    Triangle(a: points[0], b: points[3], c: points[2]),
                ]
            }
        }
    }

    /// A cell cut into intervals, triangles or tetrahedra, each around the diagonal from corner 0.
    private static func simplices(_ corners: Int) -> [[Int]] {
        switch corners {
        case 2: [[0, 1]]
        case 4: [[0, 1, 3], [0, 2, 3]]
        default:
            [
                [0, 1, 3, 7], [0, 1, 5, 7], [0, 2, 3, 7], [0, 2, 6, 7], [0, 4, 5, 7], [0, 4, 6, 7],
            ]
        }
    }

    /// The zero on a segment with values of different sign at its ends, by the method of false position with
    /// halved end values (Dowell & Jarratt 1971, doi:10.1007/BF01934364).
    static func root(
        _ from: Point, _ to: Point, _ atFrom: Double, _ atTo: Double, _ precision: Double,
        _ function: (Point) -> Double
    ) -> Point {
        var (low, high) = (0.0, 1.0)
        var (atLow, atHigh) = (atFrom, atTo)
        let tolerance = precision * max(abs(atFrom), abs(atTo))
        var t = 0.0
        for _ in 0..<60 {
            t = atHigh == atLow ? 0.5 * (low + high) : low + (high - low) * atLow / (atLow - atHigh)
            t = min(max(t, low), high)
            let value = function(from + t * (to - from))
            if abs(value) <= tolerance || high - low < 1e-12 { break }
            if (value > 0) == (atHigh > 0) {
                (high, atHigh) = (t, value)
                atLow *= 0.5
            } else {
                (low, atLow) = (t, value)
                atHigh *= 0.5
            }
        }
        return from + t * (to - from)
    }
}
