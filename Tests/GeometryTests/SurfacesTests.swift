import Foundation
import Geometry
import Numerics
import Testing

/// Surfaces that the tests are about.
enum TestSurface {
    /// A sphere of latitudes and longitudes, its radius modulated by waves; `skip` leaves triangles out.
    static func sphere(
        bands: Int, waves: Double = 0, skip: (Point) -> Bool = { _ in false }
    ) throws -> TriangleMesh {
        let around = 2 * bands
        var vertices: [Point] = []
        for band in 0...bands {
            let polar = Double.pi * Double(band) / Double(bands)
            for step in 0..<around {
                let turn = 2 * Double.pi * Double(step) / Double(around)
                let radius = 1 + 0.05 * waves * sin(9 * turn) * sin(9 * polar) * sin(polar)
                let isPole = band == 0 || band == bands
                let ring = isPole ? 0 : sin(polar)
                vertices.append(
                    radius
                        * Point(
                            ring * cos(turn), ring * sin(turn), isPole ? (band == 0 ? 1 : -1) : cos(polar)))
            }
        }
        var triangles: [SIMD3<Int32>] = []
        for band in 0..<bands {
            for step in 0..<around {
                let a = band * around + step
                let b = band * around + (step + 1) % around
                let (c, d) = (a + around, b + around)
                for triple in [(a, c, d), (a, d, b)] {
                    let corners = [triple.0, triple.1, triple.2]
                    if band == 0, triple.2 == b { continue }
                    if band == bands - 1, triple.1 == c { continue }
                    if skip(corners.reduce(Point()) { $0 + vertices[$1] } / 3) { continue }
                    triangles.append(SIMD3(Int32(corners[0]), Int32(corners[1]), Int32(corners[2])))
                }
            }
        }
        return try TriangleMesh(vertices: vertices, triangles: triangles)
    }

    /// The unit cube from the origin.
    static let cubeCorners: [Point] = (0..<8).map { (index: Int) -> Point in
        Point(Double(index & 1), Double(index >> 1 & 1), Double(index >> 2))
    }
    static let cubeTriangles: [SIMD3<Int32>] = [
        [0, 2, 3], [0, 3, 1], [4, 5, 7], [4, 7, 6], [0, 1, 5], [0, 5, 4],
        [2, 6, 7], [2, 7, 3], [0, 4, 6], [0, 6, 2], [1, 3, 7], [1, 7, 5],
    ]

    /// The distance to a triangle, written as plainly as can be.
    static func distance(_ point: Point, _ a: Point, _ b: Point, _ c: Point) -> Double {
        func dot(_ u: Point, _ v: Point) -> Double { (u * v).sum() }
        func segment(_ u: Point, _ v: Point) -> Double {
            let t = min(1, max(0, dot(point - u, v - u) / dot(v - u, v - u)))
            let away = point - u - t * (v - u)
            return dot(away, away).squareRoot()
        }
        let (e, f) = (b - a, c - a)
        let n = Point(e.y * f.z - e.z * f.y, e.z * f.x - e.x * f.z, e.x * f.y - e.y * f.x)
        let height = dot(point - a, n) / dot(n, n)
        let foot = point - height * n - a
        let determinant = dot(e, e) * dot(f, f) - dot(e, f) * dot(e, f)
        let s = (dot(f, f) * dot(foot, e) - dot(e, f) * dot(foot, f)) / determinant
        let t = (dot(e, e) * dot(foot, f) - dot(e, f) * dot(foot, e)) / determinant
        if s >= 0, t >= 0, s + t <= 1 { return abs(height) * dot(n, n).squareRoot() }
        return min(segment(a, b), min(segment(b, c), segment(c, a)))
    }
}

@Suite struct SurfacesTests {
    @Test func distancesAreThoseOfBruteForce() throws {
        let mesh = try TestSurface.sphere(bands: 9, waves: 2)
        let shape = MeshShape(mesh)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let point = Point.random(in: -1.6...1.6, using: &random)
            let plain =
                mesh.triangles.map { (triangle: SIMD3<Int32>) -> Double in
                    TestSurface.distance(
                        point, mesh.vertices[Int(triangle.x)], mesh.vertices[Int(triangle.y)],
                        mesh.vertices[Int(triangle.z)])
                }.min() ?? .nan
            #expect(abs(abs(shape.distance(to: point)) - plain) < 1e-13)
        }
    }

    @Test func theDistanceRisesByOnePerLengthOutsideOfASphere() throws {
        let shape = MeshShape(try TestSurface.sphere(bands: 40))
        let grid = SampleGrid(cells: [24, 24, 24], lower: [-2, -2, -2], upper: [2, 2, 2])
        let field = ShapeSampler.sample(shape, on: grid)
        for index in field.values.indices {
            let radius = (grid.center(index) * grid.center(index)).sum().squareRoot()
            #expect(abs(Double(field.values[index]) - (radius - 1)) < 4e-3)
        }
    }

    @Test func aSweepOfAGridAgreesWithSinglePoints() throws {
        let shape = MeshShape(try TestSurface.sphere(bands: 12, waves: 3))
        let grid = SampleGrid(cells: [21, 18, 25], lower: [-1.3, -1.2, -1.4], upper: [1.2, 1.3, 1.1])
        let one = ShapeSampler.sample(shape, on: grid, workers: Workers(count: 1))
        #expect(one == ShapeSampler.sample(shape, on: grid, workers: Workers(count: 3)))
        for index in one.values.indices {
            #expect(one.values[index] == Float(shape.distance(to: grid.center(index))))
        }
    }

    @Test func aSphereWithHolesIsClosedOverThem() throws {
        let mesh = try TestSurface.sphere(bands: 40) { $0.z > 0.93 || ($0.x > 0.97 && $0.z < 0.5) }
        #expect(!mesh.isClosed)
        let shape = MeshShape(mesh)
        #expect(shape.distance(to: Point(0, 0, 0)) < -0.8)
        #expect(shape.distance(to: Point(0, 0, 1.5)) > 0.4)
        #expect(shape.distance(to: Point(-0.999, 0, 0)) < 0)
        // φ is continuous through the hole: no jump of sign away from 0.
        var before = shape.distance(to: Point(0.01, 0.02, 0))
        for step in 1...200 {
            let after = shape.distance(to: Point(0.01, 0.02, 0.01 * Double(step)))
            #expect(abs(after - before) < 0.0101 + 0.02)
            before = after
        }
    }

    @Test func piecesThatDoNotMeetExactlyAreInsideAndOutsideAsTheirWhole() throws {
        let whole = try TestSurface.sphere(bands: 16)
        var pieces: [Point] = []
        for (index, triangle) in whole.triangles.enumerated() {
            for corner in 0..<3 {
                let vertex = whole.vertices[Int(triangle[corner])]
                pieces.append(vertex * (1 + 1e-6 * Double((3 * index + corner) * 7919 % 101)))
            }
        }
        let names = whole.triangles.indices.map { Int32(3 * $0) }
        let mesh = try TriangleMesh(vertices: pieces, triangles: names.map { [$0, $0 + 1, $0 + 2] })
        #expect(mesh.report.openEdges == pieces.count)
        let grid = SampleGrid(cells: [20, 20, 20], lower: [-1.5, -1.5, -1.5], upper: [1.5, 1.5, 1.5])
        let soup = ShapeSampler.sample(MeshShape(mesh), on: grid)
        let solid = ShapeSampler.sample(MeshShape(whole), on: grid)
        for index in soup.values.indices { #expect(abs(soup.values[index] - solid.values[index]) < 2e-4) }
    }

    @Test func trianglesThatDisagreeAreTurned() throws {
        var triangles = TestSurface.cubeTriangles
        for index in [1, 6, 9] {
            triangles[index] = [triangles[index].x, triangles[index].z, triangles[index].y]
        }
        let mesh = try TriangleMesh(vertices: TestSurface.cubeCorners, triangles: triangles)
        #expect(mesh.report.turnedTriangles == 3)
        #expect(mesh.isClosed)
        #expect(abs(MeshShape(mesh).distance(to: Point(0.5, 0.5, 0.25)) + 0.25) < 1e-15)
    }

    @Test func windingNumbersAreWholeAwayFromAClosedSurface() throws {
        let shape = MeshShape(try TestSurface.sphere(bands: 30, waves: 2))
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let point = Point.random(in: -1.5...1.5, using: &random)
            let winding = shape.windingNumber(at: point)
            #expect(abs(winding - winding.rounded()) < 0.02)
        }
    }

    @Test(arguments: [1e-12, 1.0, 1e12]) func sizesOfAnyOrderServe(scale: Double) throws {
        let corners = TestSurface.cubeCorners.map { scale * ($0 + Point(3, 4, 5)) }
        let shape = MeshShape(try TriangleMesh(vertices: corners, triangles: TestSurface.cubeTriangles))
        #expect(abs(shape.distance(to: scale * Point(3.5, 4.5, 5.4)) / scale + 0.4) < 1e-12)
        #expect(abs(shape.distance(to: scale * Point(3.5, 4.5, 8)) / scale - 2) < 1e-12)
    }

    @Test func aMeshThatIsEmptyNotFiniteOrOutOfRangeIsRefused() {
        let corners = TestSurface.cubeCorners
        #expect(throws: MeshError.empty(dropped: 0)) { try TriangleMesh(vertices: corners, triangles: []) }
        #expect(throws: MeshError.empty(dropped: 1)) {
            try TriangleMesh(vertices: corners, triangles: [[0, 1, 1]])
        }
        #expect(throws: MeshError.invalidIndex(triangle: 0, index: 8, vertices: 8)) {
            try TriangleMesh(vertices: corners, triangles: [[0, 1, 8]])
        }
        #expect(throws: MeshError.notFinite(triangle: 0, count: 1)) {
            try TriangleMesh(vertices: [Point(), Point(.nan, 0, 0), Point(0, 1, 0)], triangles: [[0, 1, 2]])
        }
    }

    @Test func loopsInsideLoopsAreHolesInEitherDirection() throws {
        let square = { (size: Double) in
            [Point(-size, -size, 0), Point(size, -size, 0), Point(size, size, 0), Point(-size, size, 0)]
        }
        for inner in [square(1), square(1).reversed()] {
            let shape = OutlineShape(try Outline(loops: [square(2), inner]))
            #expect(shape.distance(to: Point(0, 0, 7)) == 1)
            #expect(shape.distance(to: Point(1.25, 0, 0)) == -0.25)
            #expect(shape.distance(to: Point(5, 6, 0)) == 5)
        }
    }

    @Test func anOutlineAgreesWithTheCircleThatItFollows() throws {
        let circle = (0..<2000).map { step in
            let turn = 2 * Double.pi * Double(step) / 2000
            return Point(cos(turn), sin(turn), 0)
        }
        let grid = SampleGrid(cells: [50, 40], lower: [-2, -2], upper: [2, 2])
        let field = ShapeSampler.sample(OutlineShape(try Outline(loops: [circle])), on: grid)
        let exact = ShapeSampler.sample(Ball(center: Point(), radius: 1, isPlanar: true), on: grid)
        for index in field.values.indices { #expect(abs(field.values[index] - exact.values[index]) < 3e-6) }
    }

    @Test func anOutlineWithoutWidthIsRefused() {
        #expect(throws: OutlineError.flat(loop: 0)) {
            try Outline(loops: [[Point(0, 0, 0), Point(1, 1, 0), Point(2, 2, 0)]])
        }
        #expect(throws: OutlineError.tooShort(loop: 0, corners: 2)) {
            try Outline(loops: [[Point(0, 0, 0), Point(1, 1, 0), Point(0, 0, 0)]])
        }
    }
}
