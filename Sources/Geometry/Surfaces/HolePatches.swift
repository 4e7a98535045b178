/// Triangles over the holes of a surface: the part of the level ½ of the winding number that is away from the
/// surface. It is smooth, for the winding number is harmonic there, and it ends at the open edges; so it is
/// followed from these from cell to cell (Bloomenthal 1988, doi:10.1016/0167-8396(88)90013-1).
struct HolePatches {
    /// The patches, in the units of the case.
    private(set) var triangles: [Triangle] = []
    /// The largest cell in which they were followed.
    private(set) var resolution = 0.0

    /// Cells across the largest extent of a connected boundary.
    private static let cellsAcross = 32.0
    /// Boundaries smaller than this part of the surface are cracks: what they leave open is hardly seen.
    private static let smallestHole = 0.002
    /// Cells looked into, for all boundaries together; the largest come first. What needs more is not a surface
    /// with holes but many pieces.
    private static let mostCells = 200_000

    /// A connected boundary.
    private struct Rim {
        var edges: [(from: Point, to: Point)]
        var box: Bounds
        var size: Double { (box.upper - box.lower).max() }

        init(_ edges: [MeshEdges.Edge], _ mesh: TriangleMesh) {
            self.edges = edges.map { (mesh.vertices[Int($0.from)], mesh.vertices[Int($0.to)]) }
            box = self.edges.reduce(.nothing) { $0.including($1.from).including($1.to) }
        }
    }

    init(_ mesh: TriangleMesh, surface: TriangleTree, winding: WindingNumber) {
        let whole = (mesh.bounds.upper - mesh.bounds.lower).max()
        let rims = Self.connected(MeshEdges(mesh.triangles).open).map { Rim($0, mesh) }
        var left = Self.mostCells
        for rim in rims.sorted(by: { $0.size > $1.size }) where rim.size > Self.smallestHole * whole {
            let size = rim.size / Self.cellsAcross
            resolution = max(resolution, size)
            var walk = Walk(
                origin: rim.box.lower - 0.37 * size, size: size, surface: surface, winding: winding)
            for edge in rim.edges { walk.start(along: edge.from, edge.to) }
            left -= walk.follow(atMost: left)
            triangles += walk.triangles
            if left <= 0 { break }
        }
    }

    /// The edges in groups that hang together.
    private static func connected(_ edges: [MeshEdges.Edge]) -> [[MeshEdges.Edge]] {
        var atVertex: [Int32: [Int]] = [:]
        for (index, edge) in edges.enumerated() {
            atVertex[edge.from, default: []].append(index)
            atVertex[edge.to, default: []].append(index)
        }
        var isSeen = Array(repeating: false, count: edges.count)
        var groups: [[MeshEdges.Edge]] = []
        for first in edges.indices where !isSeen[first] {
            var group = [first]
            isSeen[first] = true
            var next = 0
            while next < group.count {
                let edge = edges[group[next]]
                next += 1
                for other in (atVertex[edge.from] ?? []) + (atVertex[edge.to] ?? []) where !isSeen[other] {
                    isSeen[other] = true
                    group.append(other)
                }
            }
            groups.append(group.map { edges[$0] })
        }
        return groups
    }
}

extension HolePatches {
    /// Follows the level from cell to cell.
    private struct Walk {
        let origin: Point
        let size: Double
        let surface: TriangleTree
        let winding: WindingNumber
        var triangles: [Triangle] = []
        private var waiting: [SIMD3<Int32>] = []
        private var seen: Set<SIMD3<Int32>> = []
        private var levels: [SIMD3<Int32>: Double] = [:]

        init(origin: Point, size: Double, surface: TriangleTree, winding: WindingNumber) {
            self.origin = origin
            self.size = size
            self.surface = surface
            self.winding = winding
        }

        /// Takes the cells around an edge; the level begins in one of them.
        mutating func start(along from: Point, _ to: Point) {
            let steps = Int(min((to - from).reach / size * 2, 1000)) + 1
            for step in 0...steps {
                let place = from + Double(step) / Double(steps) * (to - from)
                let cell = ((place - origin) / size).rounded(.down)
                let whole = SIMD3<Int32>(clamping: SIMD3<Int64>(cell))
                for offset in 0..<27 {
                    visit(
                        whole
                            &+ SIMD3(Int32(offset % 3 - 1), Int32(offset / 3 % 3 - 1), Int32(offset / 9 - 1)))
                }
            }
        }

        private mutating func visit(_ cell: SIMD3<Int32>) {
            if seen.insert(cell).inserted { waiting.append(cell) }
        }

        /// Returns how many cells were looked into.
        mutating func follow(atMost limit: Int) -> Int {
            var next = 0
            while next < waiting.count, next < limit {
                let cell = waiting[next]
                next += 1
                let middle = place(cell) + Point(repeating: 0.5 * size)
                // Where the surface itself is in the cell the level is not smooth, and not needed.
                guard surface.distance(to: middle) > 0.5 * size * 3.0.squareRoot() else { continue }
                let corners = (0..<8).map { cell &+ SIMD3(Int32($0 & 1), Int32($0 >> 1 & 1), Int32($0 >> 2)) }
                let values = corners.map { level(at: $0) }
                guard values.contains(where: { $0 > 0 }), values.contains(where: { $0 <= 0 }) else {
                    continue
                }
                // The expansion of the winding number is no better than that.
                triangles += CellContour.triangles(
                    corners: corners.map { place($0) }, values: values, precision: 0.01
                ) {
                    abs(winding(at: $0)) - 0.5
                }
                for axis in 0..<3 {
                    var step = SIMD3<Int32>(repeating: 0)
                    step[axis] = 1
                    visit(cell &+ step)
                    visit(cell &- step)
                }
            }
            return next
        }

        private func place(_ corner: SIMD3<Int32>) -> Point { origin + size * Point(corner) }

        private mutating func level(at corner: SIMD3<Int32>) -> Double {
            if let known = levels[corner] { return known }
            let value = abs(winding(at: place(corner))) - 0.5
            levels[corner] = value
            return value
        }
    }
}
