import Geometry
import Testing

/// What every shape has to fulfil. A new shape is one more row of `ShapeSample.all`.
@Suite struct ShapeConformanceTests {
    @Test func everyKindHasARow() {
        let words = ShapeSample.all.map { String($0.toml.split(separator: "\"")[1]) }
        #expect(Set(words) == Set(ShapeRegistry.kinds.map(\.word)))
    }

    @Test(arguments: ShapeSample.all)
    func theSignTellsInsideFromOutside(sample: ShapeSample) throws {
        let shape = try sample.shape()
        for point in sample.inside { #expect(shape.distance(to: point) < 0, "\(point)") }
        for point in sample.outside { #expect(shape.distance(to: point) > 0, "\(point)") }
    }

    @Test(arguments: ShapeSample.all)
    func theSurfaceIsWhereTheDistanceIsZero(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        for point in sample.surface {
            #expect(abs(points.shape.distance(to: point)) < 1e-7 * points.size, "\(point)")
        }
    }

    @Test(arguments: ShapeSample.all)
    func theDistanceIsNoSteeperThanOne(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        for (first, second) in zip(points.random(4000), points.random(4000, stream: 1)) {
            for other in [second, first + (second - first) * 1e-3] {
                let change = abs(points.shape.distance(to: first) - points.shape.distance(to: other))
                #expect(change <= (first - other).length * (1 + 1e-9) + 1e-12 * points.size)
            }
        }
    }

    @Test(arguments: ShapeSample.all.filter(\.isExact))
    func theGradientHasLengthOneAwayFromTheMedialAxis(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        let step = 1e-6 * points.size
        let all = points.random(2000)
        let right = all.count { point in
            var gradient = Point(repeating: 0)
            for axis in 0..<sample.dimension {
                var shift = Point(repeating: 0)
                shift[axis] = step
                gradient[axis] =
                    (points.shape.distance(to: point + shift) - points.shape.distance(to: point - shift))
                    / (2 * step)
            }
            return abs(gradient.length - 1) < 1e-4
        }
        #expect(right > all.count * 99 / 100)
    }

    @Test(arguments: ShapeSample.all)
    func theBoundsContainTheSolid(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        let bounds = points.shape.bounds
        for point in points.random(4000) where points.shape.distance(to: point) < 0 {
            #expect(all(point .>= bounds.lower) && all(point .<= bounds.upper))
        }
    }

    @Test(arguments: ShapeSample.all)
    func theDistanceIsThatToTheNearestPointOfTheSurface(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        let surface = points.surface()
        #expect(surface.count > 100)
        for point in points.random(100) {
            let nearest = surface.reduce(Double.infinity) { min($0, ($1 - point).length) }
            let distance = abs(points.shape.distance(to: point))
            #expect(distance <= nearest + 1e-9 * points.size)
            // What is beyond the box was not looked at.
            if sample.isExact, points.shape.bounds.lower.x.isFinite {
                #expect(distance >= nearest - points.spacing)
            }
        }
    }

    @Test(arguments: ShapeSample.all)
    func exactnessIsDeclaredWhereItHolds(sample: ShapeSample) throws {
        #expect(try sample.shape().isExact == sample.isExact)
    }

    @Test(arguments: ShapeSample.all)
    func aMovedShapeHasTheSameDistances(sample: ShapeSample) throws {
        let points = try LevelSetPoints(sample)
        let isFlat = sample.dimension == 2
        let axis = Point(2, -1, 2) / 3
        let keys = "scale = 1.7\nrotate = 40\n" + (isFlat ? "" : "rotate_axis = [2, -1, 2]\n")
        let places = "pivot = [1, 2\(isFlat ? "" : ", 3")]\ntranslate = [-3, 0.5\(isFlat ? "" : ", 1")]"
        let moved = try sample.shape(keys + places)
        let motion = RigidMotion(
            scale: 1.7, degrees: 40, axis: isFlat ? Point(0, 0, 1) : axis, pivot: Point(1, 2, isFlat ? 0 : 3),
            translation: Point(-3, 0.5, isFlat ? 0 : 1))
        for point in points.random(500) {
            let difference =
                moved.distance(to: motion.apply(point)) - 1.7 * points.shape.distance(to: point)
            #expect(abs(difference) < 1e-9 * (1 + points.size))
            if points.shape.distance(to: point) < 0 {
                let (image, bounds) = (motion.apply(point), moved.bounds)
                #expect(all(image .>= bounds.lower) && all(image .<= bounds.upper))
            }
        }
    }
}
