import Geometry
import Numerics

/// Random points and points of the surface, found from the sign of φ alone.
struct LevelSetPoints {
    let sample: ShapeSample
    let shape: any Shape
    private let lower: Point
    private let upper: Point
    /// The diagonal of the box that is looked at.
    let size: Double

    init(_ sample: ShapeSample) throws {
        self.sample = sample
        shape = try sample.shape()
        let bounds = shape.bounds
        let isFinite = (0..<sample.dimension).allSatisfy { bounds.lower[$0].isFinite }
        var (lower, upper) = isFinite ? (bounds.lower, bounds.upper) : (Point(-3, -3, -3), Point(3, 3, 3))
        if sample.dimension == 2 { (lower.z, upper.z) = (0, 0) }
        let margin = (upper - lower) * 0.3
        (self.lower, self.upper) = (lower - margin, upper + margin)
        size = (upper - lower).length
    }

    /// Points of the box, somewhat larger than that of the shape.
    func random(_ count: Int, stream: UInt64 = 0) -> [Point] {
        var random = RandomStream(seed: 5, stream: stream)
        return (0..<count).map { _ in
            let share = Point(random.uniform(), random.uniform(), random.uniform())
            return lower + (upper - lower) * share
        }
    }

    /// The distance between neighbours of a grid in which `surface` looks for changes of the sign.
    var spacing: Double { ((upper - lower) / Double(cells)).length }
    private var cells: Int { sample.dimension == 2 ? 300 : 40 }

    /// Points of the surface on the lines of a grid.
    func surface() -> [Point] {
        let count = cells + 1
        let step = (upper - lower) / Double(cells)
        let layers = sample.dimension == 2 ? 1 : count
        func corner(_ x: Int, _ y: Int, _ z: Int) -> Point {
            lower + step * Point(Double(x), Double(y), Double(z))
        }
        var found: [Point] = []
        for z in 0..<layers {
            for y in 0..<count {
                for x in 0..<count {
                    let start = corner(x, y, z)
                    let isInside = shape.distance(to: start) < 0
                    for end in [corner(x + 1, y, z), corner(x, y + 1, z), corner(x, y, z + 1)]
                    where (shape.distance(to: end) < 0) != isInside { found.append(crossing(start, end)) }
                }
            }
        }
        return found
    }

    private func crossing(_ start: Point, _ end: Point) -> Point {
        var (first, last) = (start, end)
        let isInside = shape.distance(to: first) < 0
        for _ in 0..<40 {
            let middle = (first + last) / 2
            if (shape.distance(to: middle) < 0) == isInside { first = middle } else { last = middle }
        }
        return (first + last) / 2
    }
}
