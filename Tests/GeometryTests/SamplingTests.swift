import Foundation
import Geometry
import Numerics
import Testing

/// A shape made of a function, of which only the zero is promised.
private struct Bounded: Shape {
    let bounds: Bounds
    let function: @Sendable (Point) -> Double
    var isExact: Bool { false }

    func distance(to point: Point) -> Double { function(point) }
}

@Suite struct SamplingTests {
    /// A box as the intersection of half-spaces: wrong outside near edges and corners.
    private static func box(_ half: Double, rank: Int) -> Bounded {
        var reach = Point(repeating: half)
        for axis in rank..<3 { reach[axis] = .infinity }
        return Bounded(bounds: Bounds(lower: Point() - reach, upper: reach)) { point in
            (0..<rank).map { abs(point[$0]) - half }.max() ?? 0
        }
    }

    private static func boxDistance(_ point: Point, _ half: Double, rank: Int) -> Double {
        let beyond = (0..<rank).map { abs(point[$0]) - half }
        let outside = beyond.reduce(0) { $0 + max($1, 0) * max($1, 0) }.squareRoot()
        return outside + min(0, beyond.max() ?? 0)
    }

    @Test(arguments: [(1, 40), (2, 60), (3, 20)])
    func aShapeThatIsNotExactBecomesADistanceUpToItsCorners(rank: Int, cells: Int) {
        let grid = SampleGrid(
            cells: Array(repeating: cells, count: rank), lower: Array(repeating: -1, count: rank),
            upper: Array(repeating: 1.1, count: rank))
        let field = ShapeSampler.sample(Self.box(0.437, rank: rank), on: grid)
        let tolerance = grid.spacing(0) * (rank == 3 ? 0.02 : 0.004)
        for index in field.values.indices {
            let exact = Self.boxDistance(grid.center(index), 0.437, rank: rank)
            #expect(abs(Double(field.values[index]) - exact) < tolerance)
        }
    }

    @Test func aSmoothLevelThatIsNotADistanceIsMended() {
        // 1-Lipschitz at most: r²/2 − 1/2 over the largest slope.
        let reach = Point(1, 1, .infinity)
        let shape = Bounded(bounds: Bounds(lower: Point() - reach, upper: reach)) {
            let radius = ($0.x * $0.x + $0.y * $0.y).squareRoot()
            return min(radius * radius - 1, 2.4) / 4
        }
        let grid = SampleGrid(cells: [64, 64], lower: [-1.5, -1.5], upper: [1.5, 1.5])
        let field = ShapeSampler.sample(shape, on: grid)
        let exact = ShapeSampler.sample(Ball(center: Point(), radius: 1, isPlanar: true), on: grid)
        for index in field.values.indices { #expect(abs(field.values[index] - exact.values[index]) < 2e-4) }
    }

    @Test func aPlaneThroughASphereHasTheDistanceToItsCircle() {
        let grid = SampleGrid(cells: [40, 40], lower: [-2, -2], upper: [2, 2])
        let sphere = Ball(center: Point(0, 0, 0.6), radius: 1, isPlanar: false)
        let field = ShapeSampler.sample(sphere, on: grid)
        let circle = ShapeSampler.sample(Ball(center: Point(), radius: 0.8, isPlanar: true), on: grid)
        for index in field.values.indices { #expect(abs(field.values[index] - circle.values[index]) < 1e-3) }
    }

    @Test func aBodyThatTheGridCutsKeepsItsDistance() {
        // The nearest corner of the box lies outside of the grid.
        let grid = SampleGrid(cells: [32, 32], lower: [-0.3, 0.6], upper: [0.3, 1.2])
        let field = ShapeSampler.sample(Self.box(0.5, rank: 2), on: grid)
        for index in field.values.indices {
            let exact = Self.boxDistance(grid.center(index), 0.5, rank: 2)
            #expect(abs(Double(field.values[index]) - exact) < 1e-4)
        }
    }

    @Test(arguments: [[17], [13, 9], [7, 6, 5]])
    func theDistanceOfAMaskIsThatToTheNearestBoxOfOtherKind(cells: [Int]) {
        let grid = SampleGrid(
            cells: cells, lower: cells.map { _ in 0.0 },
            upper: zip(cells, [1.0, 2.5, 0.4]).map { Double($0) * $1 })
        let values = (0..<grid.count).map { UInt8(($0 * 7919 + 13) % 11 < 3 ? 0 : 1) }
        let field = Mask(grid: grid, values: values).distanceField(workers: Workers(count: 2))
        for index in values.indices {
            let others = values.indices.filter { values[$0] != values[index] }
            let nearest =
                others.map { other in
                    (0..<grid.rank).reduce(0.0) { sum, axis in
                        let apart = abs(grid.center(index)[axis] - grid.center(other)[axis])
                        let gap = max(0, apart - 0.5 * grid.spacing(axis))
                        return sum + gap * gap
                    }.squareRoot()
                }.min() ?? .nan
            #expect(abs(Double(field.values[index]) - (values[index] == 0 ? -nearest : nearest)) < 1e-6)
        }
    }

    @Test func aMaskOfOneKindHasTheDiagonalAsDistance() {
        let grid = SampleGrid(cells: [3, 4], lower: [0, 0], upper: [3, 4])
        let fluid = Mask(grid: grid, values: Array(repeating: 1, count: 12)).distanceField()
        #expect(fluid.values == Array(repeating: 5, count: 12))
        let solid = Mask(grid: grid, values: Array(repeating: 0, count: 12)).distanceField()
        #expect(solid.values == Array(repeating: -5, count: 12))
    }

    @Test func theMaskOfTheDistanceOfAMaskIsTheMask() {
        let grid = SampleGrid(cells: [12, 9], lower: [0, 0], upper: [1, 2])
        let values = (0..<grid.count).map { UInt8($0 * 31 % 7 < 2 ? 0 : 1) }
        let mask = Mask(grid: grid, values: values)
        #expect(mask.distanceField().mask == mask)
    }

    @Test(arguments: [2, 3]) func theSolidFractionAddsUpToTheVolume(rank: Int) {
        let grid = SampleGrid(
            cells: Array(repeating: 40, count: rank), lower: Array(repeating: -1, count: rank),
            upper: Array(repeating: 1, count: rank))
        let field = ShapeSampler.sample(
            Ball(center: Point(0.01, 0.02, 0), radius: 0.7, isPlanar: rank == 2), on: grid)
        let cell = (0..<rank).reduce(1.0) { $0 * grid.spacing($1) }
        let volume = field.solidFraction.reduce(0.0) { $0 + Double($1) } * cell
        let exact = rank == 2 ? Double.pi * 0.49 : 4 / 3 * Double.pi * 0.343
        #expect(abs(volume / exact - 1) < 2e-3)
    }

    @Test func aSampledShapeIsExactAtItsCentresAndSmoothBetween() {
        let grid = SampleGrid(cells: [40, 30, 20], lower: [-1, -1, -1], upper: [1, 1, 1])
        let ball = Ball(center: Point(0.1, 0, 0), radius: 0.5, isPlanar: false)
        let field = ShapeSampler.sample(ball, on: grid)
        let shape = SampledShape(field)
        #expect(ShapeSampler.sample(shape, on: grid) == field)
        for step in 0..<100 {
            let point = Point(0.55 + 0.003 * Double(step), 0.21, -0.13)
            #expect(abs(shape.distance(to: point) - ball.distance(to: point)) < 3e-4)
        }
        #expect(shape.bounds.lower.x > -0.6 && shape.bounds.upper.x < 0.8)
        #expect(shape.distance(to: Point(9, 0, 0)) > 5)
    }

    @Test func aFieldWithTheRightZeroIsRedistanced() {
        let grid = SampleGrid(cells: [80, 80], lower: [-1, -1], upper: [1, 1])
        let exact = ShapeSampler.sample(Ball(center: Point(), radius: 0.6, isPlanar: true), on: grid)
        let bent = SignedDistanceField(grid: grid, values: exact.values.map { $0 * (1 + 0.5 * $0) * 3 })
        let mended = bent.redistanced()
        for index in exact.values.indices { #expect(abs(mended.values[index] - exact.values[index]) < 1e-3) }
    }
}
