/// The points at which a shape is sampled for its contour: the cell centres of a grid, and the sides of the box
/// around them, so that contours end at the domain.
struct ContourLattice {
    let rank: Int
    /// Coordinates along each axis, ascending; axes beyond the rank have the one coordinate 0.
    let nodes: [[Double]]
    /// φ at each node, x fastest.
    let values: [Double]
    let shape: any Shape
    /// The longest side of a cell.
    private let reach: Double

    init(_ shape: any Shape, _ grid: SampleGrid) {
        rank = grid.rank
        self.shape = shape
        nodes = (0..<3).map { axis in
            guard axis < grid.rank else { return [0] }
            return [grid.lower[axis]] + (0..<grid.cells[axis]).map { grid.center(axis, $0) } + [
                grid.upper[axis]
            ]
        }
        reach = (0..<grid.rank).map(grid.spacing).max() ?? 0
        values = Self.sample(shape, nodes, reach: reach)
    }

    /// φ at the nodes in and next to the shape's box; elsewhere only its sign is known, and wanted.
    private static func sample(_ shape: any Shape, _ nodes: [[Double]], reach: Double) -> [Double] {
        let counts = nodes.map(\.count)
        var values = [Double](repeating: 1, count: counts.reduce(1, *))
        let bounds = shape.bounds
        let ranges = (0..<3).map { axis -> Range<Int> in
            guard counts[axis] > 1 else { return 0..<1 }
            let (low, high) = (bounds.lower[axis] - 2 * reach, bounds.upper[axis] + 2 * reach)
            let first = nodes[axis].firstIndex { $0 >= low } ?? counts[axis]
            let last = nodes[axis].lastIndex { $0 <= high } ?? -1
            return first..<max(first, last + 1)
        }
        for k in ranges[2] {
            for j in ranges[1] {
                for i in ranges[0] {
                    let value = shape.distance(to: Point(nodes[0][i], nodes[1][j], nodes[2][k]))
                    values[(k * counts[1] + j) * counts[0] + i] = value
                }
            }
        }
        return values
    }

    func index(_ i: Int, _ j: Int, _ k: Int = 0) -> Int {
        (k * nodes[1].count + j) * nodes[0].count + i
    }

    func point(_ index: Int) -> Point {
        let (width, height) = (nodes[0].count, nodes[1].count)
        return Point(
            nodes[0][index % width], nodes[1][index / width % height], nodes[2][index / (width * height)])
    }

    /// Points with φ = 0 count as fluid, as cells do.
    func isInside(_ index: Int) -> Bool { values[index] < 0 }

    /// Where the surface crosses the line between two nodes on different sides, by the shape's own distance:
    /// false position with Illinois damping (Dowell & Jarratt 1971, doi:10.1007/BF01934364).
    func crossing(_ first: Int, _ second: Int) -> Point {
        // The same bits whichever cell asks, so that neighbours share their points.
        let (start, end) = (point(min(first, second)), point(max(first, second)))
        var (low, high) = (0.0, 1.0)
        var (atLow, atHigh) = (values[min(first, second)], values[max(first, second)])
        var side = 0
        for _ in 0..<40 where high - low > 1e-13 && atLow != atHigh {
            let middle = min(max((low * atHigh - high * atLow) / (atHigh - atLow), low), high)
            let value = shape.distance(to: start + middle * (end - start))
            if abs(value) < 1e-14 { return start + middle * (end - start) }
            if (value < 0) == (atLow < 0) {
                (low, atLow) = (middle, value)
                if side == 1 { atHigh /= 2 }
                side = 1
            } else {
                (high, atHigh) = (middle, value)
                if side == -1 { atLow /= 2 }
                side = -1
            }
        }
        let place = atHigh == atLow ? (low + high) / 2 : (low * atHigh - high * atLow) / (atHigh - atLow)
        return start + min(max(place, low), high) * (end - start)
    }

    /// The unit gradient of φ by central differences over a small part of a cell; `otherwise` where it vanishes.
    func normal(at point: Point, otherwise: Point) -> Point {
        var gradient = Point(repeating: 0)
        for axis in 0..<rank {
            let step = 1e-4 * (nodes[axis][2] - nodes[axis][1])
            var (before, after) = (point, point)
            before[axis] -= step
            after[axis] += step
            gradient[axis] = (shape.distance(to: after) - shape.distance(to: before)) / (2 * step)
        }
        let length = gradient.length
        return length > 0.1 && length.isFinite ? gradient / length : otherwise
    }

    /// An element whose middle is brought onto the surface.
    func element(middle: Point, areaVector: Point) -> SurfaceElement {
        let flat = areaVector / areaVector.length
        var center = middle
        var normal = flat
        for _ in 0..<3 {
            normal = self.normal(at: center, otherwise: flat)
            // At an edge the gradient belongs to one side of it, the element to both.
            if normal.dot(flat) < 0.5 { normal = flat }
            let away = shape.distance(to: center)
            // Far moves are a sign that there is no smooth surface nearby.
            guard abs(away) > 1e-13 * reach, abs(away) < reach / 2 else { break }
            center -= away * normal
        }
        return SurfaceElement(center: center, normal: normal, areaVector: areaVector)
    }
}
