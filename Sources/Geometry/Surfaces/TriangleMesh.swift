/// A surface of triangles over shared vertices, without duplicates, invalid indices or triangles of no area.
public struct TriangleMesh: Sendable, Equatable {
    /// Where the corners are, in the units of the case.
    public let vertices: [Point]
    /// Three indices of vertices each; seen from outside they run anticlockwise.
    public let triangles: [SIMD3<Int32>]
    /// What was mended, and what is left to know.
    public let report: Report

    /// What was found while a mesh was put together.
    public struct Report: Sendable, Equatable {
        /// Vertices that stood at the place of another one.
        public var mergedVertices = 0
        /// Triangles that were left out, having no area.
        public var droppedTriangles = 0
        /// The place of the first triangle that was left out.
        public var firstDropped: Point?
        /// Triangles that were turned over to agree with their neighbours.
        public var turnedTriangles = 0
        /// Edges that have a triangle on one side only (or more than two triangles that do not pair up).
        public var openEdges = 0
        /// The middle of the first open edge.
        public var firstOpen: Point?
    }

    /// A mesh from corners and triples of indices into them.
    ///
    /// Equal vertices are merged, triangles without area are left out, and triangles are turned so that
    /// neighbours agree: those turned are the minority of each connected part.
    /// - Throws: ``MeshError`` where nothing is left, a coordinate is not finite or an index is out of range.
    public init(vertices: [Point], triangles: [SIMD3<Int32>]) throws(MeshError) {
        guard !triangles.isEmpty else { throw .empty(dropped: 0) }
        for (index, triangle) in triangles.enumerated() {
            for corner in 0..<3 {
                let vertex = Int(triangle[corner])
                guard vertex >= 0, vertex < vertices.count else {
                    throw .invalidIndex(triangle: index, index: vertex, vertices: vertices.count)
                }
                guard vertices[vertex].isFinite else {
                    let bad = triangles.filter { $0.hasCorner { !vertices[$0].isFinite } }.count
                    throw .notFinite(triangle: index, count: bad)
                }
            }
        }
        var report = Report()
        let merged = Self.merge(vertices, triangles, &report)
        let kept = Self.withArea(merged.vertices, merged.triangles, &report)
        guard !kept.isEmpty else { throw .empty(dropped: report.droppedTriangles) }
        let edges = MeshEdges(kept)
        let turned = edges.turnedToAgree()
        report.turnedTriangles = turned.count
        let open = (turned.count == 0 ? edges : MeshEdges(turned.triangles)).open
        report.openEdges = open.count
        report.firstOpen = open.first.map {
            0.5 * (merged.vertices[Int($0.from)] + merged.vertices[Int($0.to)])
        }
        self.vertices = merged.vertices
        self.triangles = turned.triangles
        self.report = report
    }

    /// Whether every edge has a triangle on both sides.
    public var isClosed: Bool { report.openEdges == 0 }

    /// The box around all vertices that are used.
    public var bounds: Bounds {
        corners.reduce(
            Bounds.nothing
        ) { $0.union($1.bounds) }
    }

    /// The triangles with their places.
    var corners: [Triangle] {
        triangles.map { Triangle(a: vertices[Int($0.x)], b: vertices[Int($0.y)], c: vertices[Int($0.z)]) }
    }

    private static func merge(
        _ vertices: [Point], _ triangles: [SIMD3<Int32>], _ report: inout Report
    ) -> (vertices: [Point], triangles: [SIMD3<Int32>]) {
        var places: [Point: Int32] = Dictionary(minimumCapacity: vertices.count)
        var unique: [Point] = []
        let renamed = vertices.map { vertex in
            // −0 and 0 are one place.
            let place = vertex + Point(repeating: 0)
            if let known = places[place] { return known }
            let name = Int32(truncatingIfNeeded: unique.count)
            places[place] = name
            unique.append(place)
            return name
        }
        report.mergedVertices = vertices.count - unique.count
        let triangles = triangles.map {
            SIMD3(renamed[Int($0.x)], renamed[Int($0.y)], renamed[Int($0.z)])
        }
        return (unique, triangles)
    }

    private static func withArea(
        _ vertices: [Point], _ triangles: [SIMD3<Int32>], _ report: inout Report
    ) -> [SIMD3<Int32>] {
        triangles.filter { triangle in
            let corners = Triangle(
                a: vertices[Int(triangle.x)], b: vertices[Int(triangle.y)], c: vertices[Int(triangle.z)])
            let edge = max((corners.b - corners.a).reach, (corners.c - corners.a).reach)
            let area =
                edge > 0 ? cross((corners.b - corners.a) / edge, (corners.c - corners.a) / edge).reach : 0
            // Thinner than rounding of the corners: what is its normal cannot be said.
            if area > 1e-15 { return true }
            report.droppedTriangles += 1
            if report.firstDropped == nil { report.firstDropped = corners.a }
            return false
        }
    }
}

/// Why there is no mesh.
public enum MeshError: Error, Sendable, Equatable {
    /// No triangles, or none with an area.
    case empty(dropped: Int)
    /// A triangle (from 0) has a coordinate that is not a finite number; so many have.
    case notFinite(triangle: Int, count: Int)
    /// A triangle (from 0) names a vertex that does not exist.
    case invalidIndex(triangle: Int, index: Int, vertices: Int)
}

extension SIMD3<Int32> {
    fileprivate func hasCorner(_ test: (Int) -> Bool) -> Bool {
        test(Int(x)) || test(Int(y)) || test(Int(z))
    }
}

extension SIMD3<Double> {
    /// Whether all coordinates are finite numbers.
    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
    /// The largest |coordinate|.
    var reach: Double { Swift.max(abs(x), Swift.max(abs(y), abs(z))) }
}
