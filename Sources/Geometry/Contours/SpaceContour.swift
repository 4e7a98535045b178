/// Marching tetrahedra (Doi & Koide 1991, IEICE Transactions E74), six in each cell of the lattice; the facets of
/// a cell are summed to one element.
struct SpaceContour {
    private let lattice: ContourLattice

    init(_ lattice: ContourLattice) { self.lattice = lattice }

    /// Six tetrahedra around the diagonal from corner 0 to corner 7; bit a of a corner's number is its step
    /// along axis a. Neighbouring cells cut their common face along the same diagonal.
    private static let tetrahedra = [
        [0, 1, 3, 7], [0, 3, 2, 7], [0, 2, 6, 7], [0, 6, 4, 7], [0, 4, 5, 7], [0, 5, 1, 7],
    ]

    var elements: [SurfaceElement] {
        var result: [SurfaceElement] = []
        let counts = lattice.nodes.map(\.count)
        for k in 0..<counts[2] - 1 {
            for j in 0..<counts[1] - 1 {
                for i in 0..<counts[0] - 1 {
                    if let element = element(i, j, k) { result.append(element) }
                }
            }
        }
        return result
    }

    private func element(_ i: Int, _ j: Int, _ k: Int) -> SurfaceElement? {
        let first = lattice.index(i, j, k)
        let (row, plane) = (lattice.nodes[0].count, lattice.nodes[0].count * lattice.nodes[1].count)
        let offset = { (corner: Int) in first + (corner & 1) + (corner >> 1 & 1) * row + (corner >> 2) * plane
        }
        let isSolid = lattice.isInside(first)
        guard (1..<8).contains(where: { lattice.isInside(offset($0)) != isSolid }) else { return nil }
        var facets = Facets()
        for tetrahedron in Self.tetrahedra { cut(tetrahedron.map(offset), &facets) }
        guard facets.areaVector.length > 0 else { return nil }
        return lattice.element(middle: facets.moment / facets.area, areaVector: facets.areaVector)
    }

    /// The facets that a cell has collected.
    private struct Facets {
        var areaVector = Point(repeating: 0)
        var area = 0.0
        /// ∫x over the facets.
        var moment = Point(repeating: 0)

        /// - Parameter outward: a vector that points out of the body.
        mutating func add(_ a: Point, _ b: Point, _ c: Point, outward: Point) {
            var vector = (b - a).cross(c - a) / 2
            if vector.dot(outward) < 0 { vector = -vector }
            areaVector += vector
            area += vector.length
            moment += vector.length * (a + b + c) / 3
        }
    }

    private func cut(_ corners: [Int], _ facets: inout Facets) {
        let solid = corners.filter(lattice.isInside)
        let fluid = corners.filter { !lattice.isInside($0) }
        guard !solid.isEmpty, !fluid.isEmpty else { return }
        let outward = mean(fluid) - mean(solid)
        let points = solid.flatMap { inner in fluid.map { lattice.crossing(inner, $0) } }
        facets.add(points[0], points[1], points[2], outward: outward)
        // Two against two: points 0, 1, 3, 2 go around a quadrangle.
        if points.count == 4 { facets.add(points[1], points[3], points[2], outward: outward) }
    }

    private func mean(_ nodes: [Int]) -> Point {
        nodes.map(lattice.point).reduce(Point(repeating: 0), +) / Double(nodes.count)
    }
}
