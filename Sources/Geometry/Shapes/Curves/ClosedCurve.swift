/// A closed curve of straight segments with its signed distance.
///
/// Segments stay in their order along the curve; a binary tree over that order holds, for each run of segments,
/// its chord and how far the run strays from it. Bounds from such strips are second-order tight on smooth
/// curves, so that a query looks at few runs (Ballard 1981, doi:10.1145/358645.358661).
public struct ClosedCurve: Sendable {
    /// The corners; the last one is joined to the first.
    let vertices: [PlanarPoint]
    /// Children of node i are 2 i and 2 i + 1; the root, 1, is the whole curve.
    private let chords: [Chord]

    /// - Parameter vertices: At least three, of which no two neighbours coincide.
    init(_ vertices: [PlanarPoint]) {
        self.vertices = vertices
        var size = 1
        while size < vertices.count { size *= 2 }
        var chords = [Chord](repeating: Chord(.zero, .zero), count: 2 * size)
        Self.fill(&chords, 1, 0..<vertices.count, vertices)
        self.chords = chords
    }

    private static func fill(
        _ chords: inout [Chord], _ node: Int, _ run: Range<Int>, _ vertices: [PlanarPoint]
    ) {
        let end = run.upperBound == vertices.count ? 0 : run.upperBound
        var chord = Chord(vertices[run.lowerBound], vertices[end])
        for index in run { chord.radius = max(chord.radius, chord.distance(to: vertices[index])) }
        chords[node] = chord
        guard run.count > 1 else { return }
        let middle = run.lowerBound + run.count / 2
        fill(&chords, 2 * node, run.lowerBound..<middle, vertices)
        fill(&chords, 2 * node + 1, middle..<run.upperBound, vertices)
    }

    /// The distance to the curve, negative where the curve winds around the point.
    public func signedDistance(to point: SIMD2<Double>) -> Double {
        chords.withUnsafeBufferPointer { chords in
            var query = ClosedCurveQuery(chords: chords, point: point)
            query.findNearest(1, count: vertices.count)
            return query.winding(1, count: vertices.count) == 0 ? query.nearest : -query.nearest
        }
    }

    /// The first two sides found that meet where they should not; nil for a simple curve.
    var crossing: CurveCrossing? {
        CrossingSearch(vertices, chords: chords).within(1, 0..<vertices.count)
    }

    /// The corner with the smallest coordinates of the box around the curve.
    var lower: PlanarPoint { vertices.reduce(vertices[0]) { pointwiseMin($0, $1) } }
    /// The corner with the largest coordinates.
    var upper: PlanarPoint { vertices.reduce(vertices[0]) { pointwiseMax($0, $1) } }
}

/// One walk through the tree of a curve.
struct ClosedCurveQuery {
    let chords: UnsafeBufferPointer<Chord>
    let point: PlanarPoint
    /// An upper bound of the distance; the distance when the walk is over.
    var nearest = Double.infinity

    init(chords: UnsafeBufferPointer<Chord>, point: PlanarPoint) {
        self.chords = chords
        self.point = point
    }

    /// A run passes every point of its chord within its radius, so each chord bounds the distance from both
    /// sides.
    mutating func findNearest(_ node: Int, count: Int) {
        guard count > 1 else { return }
        let (left, right) = (2 * node, 2 * node + 1)
        let leftRadius = chords[left].radius
        let rightRadius = chords[right].radius
        let leftDistance = chords[left].distance(to: point)
        let rightDistance = chords[right].distance(to: point)
        nearest = min(nearest, min(leftDistance + leftRadius, rightDistance + rightRadius))
        let leftCount = count / 2
        if leftDistance < rightDistance {
            if leftDistance - leftRadius < nearest { findNearest(left, count: leftCount) }
            if rightDistance - rightRadius < nearest { findNearest(right, count: count - leftCount) }
        } else {
            if rightDistance - rightRadius < nearest { findNearest(right, count: count - leftCount) }
            if leftDistance - leftRadius < nearest { findNearest(left, count: leftCount) }
        }
    }

    /// How often the run crosses the ray from the point to x = ∞ upwards, less downwards. Of a run that lies
    /// beyond the point only the ends matter.
    func winding(_ node: Int, count: Int) -> Int {
        let chord = chords[node]
        let (lower, upper) = (chord.lower, chord.upper)
        if point.y > upper.y || point.y < lower.y || point.x > upper.x { return 0 }
        let end = chord.end
        let climb = (end.y > point.y ? 1 : 0) - (chord.start.y > point.y ? 1 : 0)
        if point.x < lower.x { return climb }
        if count > 1 {
            let half = count / 2
            return winding(2 * node, count: half) + winding(2 * node + 1, count: count - half)
        }
        if climb == 0 { return 0 }
        let away = point - chord.start
        let side = chord.along.x * away.y - chord.along.y * away.x
        return (climb > 0) == (side > 0) ? climb : 0
    }
}
