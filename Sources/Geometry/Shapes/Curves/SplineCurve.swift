/// A rational B-spline in the plane, evaluated by de Boor's recurrence in homogeneous coordinates
/// (de Boor 1972, doi:10.1016/0021-9045(72)90080-9; Piegl & Tiller 1997, doi:10.1007/978-3-642-59223-2).
struct SplineCurve {
    let degree: Int
    /// Ascending; as many as control points plus degree plus 1.
    private let knots: [Double]
    /// (w x, w y, w).
    private let controls: [SIMD3<Double>]

    init(points: [PlanarPoint], weights: [Double], degree: Int, knots: [Double]) {
        self.degree = degree
        self.knots = knots
        controls = zip(points, weights).map { SIMD3($0.x * $1, $0.y * $1, $1) }
    }

    /// A curve without ends: the first control points follow the last one, and the knots are uniform.
    init(closed points: [PlanarPoint], weights: [Double], degree: Int) {
        self.init(
            points: points + points.prefix(degree), weights: weights + weights.prefix(degree), degree: degree,
            knots: (0...(points.count + 2 * degree)).map(Double.init))
    }

    /// Bézier pieces of one degree; each begins with the last control point of the one before, and the last ends
    /// with the first control point of all.
    init(pieces points: [PlanarPoint], weights: [Double], degree: Int) {
        let pieces = points.count / degree
        let inner = (1..<max(pieces, 1)).flatMap { [Double](repeating: Double($0), count: degree) }
        let ends = degree + 1
        self.init(
            points: points + points.prefix(1), weights: weights + weights.prefix(1), degree: degree,
            knots: [Double](repeating: 0, count: ends) + inner
                + [Double](repeating: Double(pieces), count: ends))
    }

    /// The distinct knots of the domain, between which the curve is smooth.
    var breaks: [Double] {
        knots[degree...controls.count].reduce(into: []) { breaks, knot in
            if breaks.last != knot { breaks.append(knot) }
        }
    }

    /// The position for a parameter of the domain.
    func point(_ parameter: Double) -> PlanarPoint {
        var span = degree
        while span + 1 < controls.count, knots[span + 1] <= parameter { span += 1 }
        var values = Array(controls[(span - degree)...span])
        for level in 0..<degree {
            for index in stride(from: degree, to: level, by: -1) {
                let knot = span - degree + index
                let (lower, upper) = (knots[knot], knots[knot + degree - level])
                let share = upper > lower ? (parameter - lower) / (upper - lower) : 0
                values[index] = values[index - 1] * (1 - share) + values[index] * share
            }
        }
        let last = values[degree]
        return PlanarPoint(last.x, last.y) / last.z
    }

    /// The vertices of the curve as segments.
    var vertices: [PlanarPoint] { CurveSampler.vertices(breaks: breaks, point) }
}
