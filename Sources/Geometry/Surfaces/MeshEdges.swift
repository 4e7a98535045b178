/// The edges of triangles and who meets there.
struct MeshEdges {
    /// An edge in the direction in which its triangle runs.
    struct Edge: Equatable {
        var from: Int32
        var to: Int32
    }

    /// One side of a triangle, sorted so that sides over the same edge stand together.
    private struct Side {
        /// The smaller and the larger vertex.
        var key: UInt64
        /// Three times the triangle, plus which of its sides.
        var side: Int32
        /// Whether it runs from the smaller vertex to the larger.
        var rises: Bool
    }

    private let triangles: [SIMD3<Int32>]
    private let sides: [Side]
    /// The parts of `sides` that lie over one edge.
    private let groups: [Range<Int>]

    init(_ triangles: [SIMD3<Int32>]) {
        self.triangles = triangles
        var sides: [Side] = []
        sides.reserveCapacity(3 * triangles.count)
        for (index, triangle) in triangles.enumerated() {
            for corner in 0..<3 {
                let (from, to) = (triangle[corner], triangle[(corner + 1) % 3])
                let key =
                    UInt64(UInt32(bitPattern: min(from, to))) << 32
                    | UInt64(UInt32(bitPattern: max(from, to)))
                sides.append(
                    Side(key: key, side: Int32(truncatingIfNeeded: 3 * index + corner), rises: from < to))
            }
        }
        sides.sort { ($0.key, $0.side) < ($1.key, $1.side) }
        var groups: [Range<Int>] = []
        var start = 0
        for index in sides.indices where index + 1 == sides.count || sides[index + 1].key != sides[index].key
        {
            groups.append(start..<(index + 1))
            start = index + 1
        }
        self.sides = sides
        self.groups = groups
    }

    /// The edges that are run more often in one direction than in the other: the boundary of the surface.
    var open: [Edge] {
        var edges: [Edge] = []
        for group in groups {
            let balance = sides[group].reduce(0) { $0 + ($1.rises ? 1 : -1) }
            guard balance != 0 else { continue }
            let key = sides[group.lowerBound].key
            let low = Int32(truncatingIfNeeded: key >> 32)
            let high = Int32(truncatingIfNeeded: key & 0xffff_ffff)
            let edge = balance > 0 ? Edge(from: low, to: high) : Edge(from: high, to: low)
            edges.append(contentsOf: repeatElement(edge, count: abs(balance)))
        }
        return edges
    }

    /// The triangles, so turned that two that share an edge run along it in opposite directions; of each
    /// connected part the minority is turned.
    func turnedToAgree() -> (triangles: [SIMD3<Int32>], count: Int) {
        let neighbours = neighbours()
        guard neighbours.contains(where: { $0 >= 0 && $0 & 1 == 1 }) else { return (triangles, 0) }
        var result = triangles
        var count = 0
        var isSeen = Array(repeating: false, count: triangles.count)
        for first in triangles.indices where !isSeen[first] {
            let part = connectedPart(from: first, neighbours, &isSeen)
            let isMinority = 2 * part.count(where: \.isTurned) <= part.count
            for member in part where member.isTurned == isMinority {
                let triangle = triangles[member.triangle]
                result[member.triangle] = SIMD3(triangle.x, triangle.z, triangle.y)
                count += 1
            }
        }
        return (result, count)
    }

    private struct Member {
        var triangle: Int
        var isTurned: Bool
    }

    private func connectedPart(from first: Int, _ neighbours: [Int], _ isSeen: inout [Bool]) -> [Member] {
        var part = [Member(triangle: first, isTurned: false)]
        isSeen[first] = true
        var next = 0
        while next < part.count {
            let member = part[next]
            next += 1
            for side in 0..<3 {
                let code = neighbours[3 * member.triangle + side]
                guard code >= 0, !isSeen[code >> 1] else { continue }
                isSeen[code >> 1] = true
                part.append(Member(triangle: code >> 1, isTurned: member.isTurned != (code & 1 == 1)))
            }
        }
        return part
    }

    /// For each side of each triangle: twice the triangle beyond, plus 1 where that runs the wrong way; −1
    /// where there is none or more than one.
    private func neighbours() -> [Int] {
        var result = Array(repeating: -1, count: 3 * triangles.count)
        for group in groups where group.count == 2 {
            let (a, b) = (sides[group.lowerBound], sides[group.lowerBound + 1])
            let clash = a.rises == b.rises ? 1 : 0
            result[Int(a.side)] = Int(b.side) / 3 * 2 + clash
            result[Int(b.side)] = Int(a.side) / 3 * 2 + clash
        }
        return result
    }
}
