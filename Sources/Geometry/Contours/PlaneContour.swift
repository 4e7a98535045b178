/// Marching squares (Lorensen & Cline 1987, doi:10.1145/37401.37422, in the plane), joined to contours.
struct PlaneContour {
    private let lattice: ContourLattice
    /// From one crossed edge of the lattice to the next, the body on the left.
    private var next: [Edge: Edge] = [:]

    private struct Edge: Hashable {
        var low: Int
        var high: Int

        init(_ first: Int, _ second: Int) {
            low = min(first, second)
            high = max(first, second)
        }
    }

    init(_ lattice: ContourLattice) {
        self.lattice = lattice
        for j in 0..<lattice.nodes[1].count - 1 {
            for i in 0..<lattice.nodes[0].count - 1 { march(i, j) }
        }
    }

    /// Joins the crossings in one square. Going around it against the clock, the outline of the part inside of
    /// the body leaves the square's sides where they leave the body and comes back where they enter it again;
    /// so the body lies on the left.
    private mutating func march(_ i: Int, _ j: Int) {
        let corners = [
            lattice.index(i, j), lattice.index(i + 1, j), lattice.index(i + 1, j + 1),
            lattice.index(i, j + 1),
        ]
        let inside = corners.map(lattice.isInside)
        let entering = (0..<4).filter { !inside[$0] && inside[($0 + 1) % 4] }
        let leaving = (0..<4).filter { inside[$0] && !inside[($0 + 1) % 4] }
        let edge = { (side: Int) in Edge(corners[side], corners[(side + 1) % 4]) }
        guard entering.count == 2 else {
            if let first = leaving.first, let last = entering.first { next[edge(first)] = edge(last) }
            return
        }
        // A saddle: the shape itself tells whether its two corners are joined.
        let middle = (lattice.point(corners[0]) + lattice.point(corners[2])) / 2
        let joined = lattice.shape.distance(to: middle) < 0
        for side in leaving { next[edge(side)] = edge((side + (joined ? 1 : 3)) % 4) }
    }

    /// All contours in the order in which the lattice meets them; those that end at the domain first.
    var elements: [SurfaceElement] {
        var rest = next
        let ends = Set(next.values)
        let order = { (first: Edge, second: Edge) in (first.low, first.high) < (second.low, second.high) }
        let starts = next.keys.filter { !ends.contains($0) }.sorted(by: order) + next.keys.sorted(by: order)
        var result: [SurfaceElement] = []
        var contour = 0
        for start in starts where rest[start] != nil {
            result += trace(from: start, &rest, contour: contour)
            contour += 1
        }
        return result
    }

    private func trace(from start: Edge, _ rest: inout [Edge: Edge], contour: Int) -> [SurfaceElement] {
        var result: [SurfaceElement] = []
        var edge = start
        var point = lattice.crossing(edge.low, edge.high)
        var length = 0.0
        while let following = rest.removeValue(forKey: edge) {
            let end = lattice.crossing(following.low, following.high)
            let along = end - point
            // The body is on the left, so the way out of it is on the right.
            let areaVector = Point(along.y, -along.x, 0)
            if areaVector.length > 0 {
                var element = lattice.element(middle: (point + end) / 2, areaVector: areaVector)
                element.arcLength = length + areaVector.length / 2
                element.contour = contour
                result.append(element)
            }
            length += areaVector.length
            (edge, point) = (following, end)
        }
        return result
    }
}
