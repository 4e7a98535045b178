import Foundation
import Geometry
import Testing

@Suite("Surface elements of a shape") struct ContourTests {
    private func grid(_ cells: Int, rank: Int, lower: Double = -1) -> SampleGrid {
        SampleGrid(
            cells: Array(repeating: cells, count: rank), lower: Array(repeating: lower, count: rank),
            upper: Array(repeating: 1, count: rank))
    }

    @Test("The elements of a circle lie on it, look outward and follow each other against the clock")
    func circle() {
        let shape = Ball(center: Point(0.01, 0.02, 0), radius: 0.6, isPlanar: true)
        let elements = SurfaceContour(shape, on: grid(40, rank: 2)).elements
        #expect(elements.allSatisfy { abs(shape.distance(to: $0.center)) < 1e-12 })
        #expect(
            elements.allSatisfy {
                ($0.normal - ($0.center - Point(0.01, 0.02, 0)) / 0.6).length < 1e-6
            })
        #expect(zip(elements, elements.dropFirst()).allSatisfy { $0.arcLength < $1.arcLength })
        let turns = zip(elements, elements.dropFirst()).allSatisfy { $0.normal.cross($1.normal).z > 0 }
        #expect(turns)
        #expect(elements.allSatisfy { $0.contour == 0 })
    }

    @Test("Lengths and areas converge at second order", arguments: [2, 3])
    func order(rank: Int) {
        let shape = Ball(center: Point(0.01, 0.02, 0.03), radius: 0.6, isPlanar: rank == 2)
        let exact = rank == 2 ? 1.2 * Double.pi : 4 * Double.pi * 0.36
        let errors = [12, 24].map {
            abs(SurfaceContour(shape, on: grid($0, rank: rank)).area - exact) / exact
        }
        #expect(errors[1] < 0.005)
        #expect(errors[1] < errors[0] / 3)
    }

    @Test("A closed surface has no net area", arguments: [2, 3])
    func closed(rank: Int) {
        let shape = Ball(center: Point(0.013, -0.021, 0.034), radius: 0.55, isPlanar: rank == 2)
        let elements = SurfaceContour(shape, on: grid(20, rank: rank)).elements
        let sum = elements.reduce(Point(repeating: 0)) { $0 + $1.areaVector }
        #expect(sum.length < 1e-13)
    }

    @Test("A body that the domain cuts has the surface inside of it only", arguments: [2, 3])
    func cut(rank: Int) {
        let shape = Ball(center: Point(repeating: 0), radius: 0.5, isPlanar: rank == 2)
        let whole = rank == 2 ? Double.pi : Double.pi
        let found = SurfaceContour(shape, on: grid(32, rank: rank, lower: 0)).area
        #expect(abs(found / (whole / (rank == 2 ? 4 : 8)) - 1) < 0.003)
    }

    @Test("Two bodies have two contours") func two() {
        struct Pair: Shape {
            let parts = [-0.5, 0.5].map { Ball(center: Point($0, 0, 0), radius: 0.3, isPlanar: true) }
            func distance(to point: Point) -> Double { parts.map { $0.distance(to: point) }.min() ?? 1 }
            var bounds: Bounds { parts[0].bounds.union(parts[1].bounds) }
            var isExact: Bool { true }
        }
        let elements = SurfaceContour(Pair(), on: grid(40, rank: 2)).elements
        #expect(Set(elements.map(\.contour)) == [0, 1])
        #expect(
            elements.allSatisfy {
                ($0.contour == elements[0].contour) == ($0.center.x * elements[0].center.x > 0)
            })
    }
}
