/// A position in the plane.
typealias PlanarPoint = SIMD2<Double>

/// The straight line between the ends of a chain of segments, and how far the chain strays from it.
struct Chord: Sendable {
    let start: PlanarPoint
    let along: PlanarPoint
    /// 1 / |along|², 0 where the ends coincide.
    let inverseSquare: Double
    /// The largest distance of a vertex of the chain, and so of any of its points, from the line.
    var radius: Double

    init(_ start: PlanarPoint, _ end: PlanarPoint, radius: Double = 0) {
        self.start = start
        self.radius = radius
        along = end - start
        let square = (along * along).sum()
        inverseSquare = square > 0 ? 1 / square : 0
    }

    var end: PlanarPoint { start + along }

    /// The distance from a point to the straight line.
    @inline(__always)
    func distance(to point: PlanarPoint) -> Double {
        let away = point - start
        let share = min(max((away * along).sum() * inverseSquare, 0), 1)
        let rest = away - along * share
        return (rest * rest).sum().squareRoot()
    }

    /// The box around the chain.
    var lower: PlanarPoint { pointwiseMin(start, end) - radius }
    var upper: PlanarPoint { pointwiseMax(start, end) + radius }
}
