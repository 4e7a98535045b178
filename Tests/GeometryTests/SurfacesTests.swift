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
                vertices.append(radius * Point(ring * cos(turn), ring * sin(turn), isPole ? (band == 0 ? 1 : -1) : cos(polar)))
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
            let plain = mesh.triangles.map { (triangle: SIMD3<Int32>) -> Double in
                TestSurface.distance(
                    point, mesh.vertices[Int(triangle.x)], mesh.vertices[Int(triangle.y)],
                    mesh.vertices[Int(triangle.z)])
            }.min() ?? .nan
            #expect(abs(abs(shape.distance(to: point)) - plain) < 1e-13)
        }
    }
    @Test func million() throws {
        var clock = ContinuousClock.now
        let mesh = try TestSurface.sphere(bands: 500, waves: 1)
        print("mesh", mesh.triangles.count, ContinuousClock.now - clock); clock = .now
        print(mesh.report)
        let shape = MeshShape(mesh)
        print("shape", ContinuousClock.now - clock); clock = .now
        let grid = SampleGrid(cells: [256, 256, 256], lower: [-1.5, -1.5, -1.5], upper: [1.5, 1.5, 1.5])
        let field = ShapeSampler.sample(shape, on: grid)
        print("field", ContinuousClock.now - clock, field.values[0], field.mask.solidCount); clock = .now
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100_000 { _ = shape.windingNumber(at: Point.random(in: -1.1...1.1, using: &random)) }
        print("winding 1e5", ContinuousClock.now - clock); clock = .now
        for radius in [0.01, 0.1, 0.3, 0.6, 0.9, 0.99, 1.2, 1.5] {
            clock = .now
            for _ in 0..<3000 {
                let direction = Point.random(in: -1...1, using: &random)
                _ = shape.distance(to: direction * radius / (direction * direction).sum().squareRoot())
            }
            print(radius, (ContinuousClock.now - clock) / 3000)
        }
    }
}
