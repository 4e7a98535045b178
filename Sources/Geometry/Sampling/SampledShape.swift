/// A solid given by values on a grid, interpolated so that φ has continuous gradients (cubic convolution, Keys
/// 1981, doi:10.1109/TASSP.1981.1163711), exact at the cells' centres.
///
/// Beyond the outermost centres the nearest value there counts: a body that touches the edge goes on beyond
/// it, and away from one that does not φ grows as √(φ² + δ²), δ being the distance to the box of the centres.
public struct SampledShape: Shape {
    private let grid: SampleGrid
    private let values: [Float]
    private let touchesEdge: Bool
    private let scale: Double
    /// As given.
    public let isExact: Bool
    /// The box of the cells that are solid; infinite along the axes beyond the grid's, and everything where
    /// the solid goes on beyond the edge.
    public let bounds: Bounds

    /// A shape from a field with at least one cell along each axis.
    /// - Parameter isDistance: whether the values are Euclidean distances. Where only their zero is right they
    ///   are divided by the steepest slope, so that they are lower bounds.
    public init(_ field: SignedDistanceField, isDistance: Bool = true) {
        grid = field.grid
        values = field.values
        isExact = isDistance
        scale = isDistance ? 1 : 1 / max(field.steepestSlope, .leastNormalMagnitude)
        touchesEdge = field.touchesEdge
        bounds = touchesEdge ? .everything : field.solidBounds
    }

    /// How many of the cells are solid.
    var solidCount: Int { values.count { $0 <= 0 } }

    /// The interpolated value.
    public func distance(to point: Point) -> Double {
        var away = 0.0
        var position = Point(repeating: 0)
        for axis in 0..<grid.rank {
            let spacing = grid.spacing(axis)
            let place = (point[axis] - grid.lower[axis]) / spacing - 0.5
            let inside = min(max(place, 0), Double(grid.cells[axis] - 1))
            position[axis] = inside
            away += (place - inside) * (place - inside) * spacing * spacing
        }
        let value = interpolated(at: position) * scale
        return touchesEdge || away == 0 ? value : (value * value + away).squareRoot()
    }

    /// `position` in cells from the first centre, inside the grid.
    private func interpolated(at position: Point) -> Double {
        var first = SIMD3<Int>(repeating: 0)
        var weights = (SIMD4<Double>(1, 0, 0, 0), SIMD4<Double>(1, 0, 0, 0), SIMD4<Double>(1, 0, 0, 0))
        for axis in 0..<grid.rank {
            let whole = Int(position[axis])
            first[axis] = whole - 1
            let weight = Self.weights(position[axis] - Double(whole))
            if axis == 0 {
                weights.0 = weight
            } else if axis == 1 {
                weights.1 = weight
            } else {
                weights.2 = weight
            }
        }
        var sum = 0.0
        for k in 0..<(grid.rank > 2 ? 4 : 1) where weights.2[k] != 0 {
            for j in 0..<(grid.rank > 1 ? 4 : 1) where weights.1[j] != 0 {
                let row =
                    Self.place(2, first.z + k, grid) * (grid.rank > 1 ? grid.cells[1] : 1)
                    + Self.place(1, first.y + j, grid)
                var line = 0.0
                for i in 0..<4 where weights.0[i] != 0 {
                    line +=
                        weights.0[i]
                        * Double(values[row * grid.cells[0] + Self.place(0, first.x + i, grid)])
                }
                sum += weights.2[k] * weights.1[j] * line
            }
        }
        return sum
    }

    private static func place(_ axis: Int, _ index: Int, _ grid: SampleGrid) -> Int {
        axis < grid.rank ? min(max(index, 0), grid.cells[axis] - 1) : 0
    }

    private static func weights(_ t: Double) -> SIMD4<Double> {
        let square = t * t
        let cube = square * t
        return SIMD4(
            -0.5 * cube + square - 0.5 * t, 1.5 * cube - 2.5 * square + 1,
            -1.5 * cube + 2 * square + 0.5 * t, 0.5 * cube - 0.5 * square)
    }
}

extension SignedDistanceField {
    /// The box of the solid cells with one cell around it.
    var solidBounds: Bounds {
        var box = Bounds.nothing
        for (index, value) in values.enumerated() where value <= 0 {
            let center = grid.center(index)
            box = box.including(center)
        }
        for axis in 0..<3 {
            box.lower[axis] = axis < grid.rank ? box.lower[axis] - grid.spacing(axis) : -.infinity
            box.upper[axis] = axis < grid.rank ? box.upper[axis] + grid.spacing(axis) : .infinity
        }
        return box
    }

    /// Whether a cell at the edge of the grid is solid.
    var touchesEdge: Bool {
        values.indices.contains(where: { index in
            guard values[index] <= 0 else { return false }
            var rest = index
            for axis in 0..<grid.rank {
                let place = rest % grid.cells[axis]
                if place == 0 || place == grid.cells[axis] - 1 { return true }
                rest /= grid.cells[axis]
            }
            return false
        })
    }

    /// The median of |∇φ|: 1 for distances.
    var medianSlope: Double {
        let sorted = slopeSquares.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2].squareRoot()
    }

    /// The largest |∇φ|, from differences of neighbours.
    var steepestSlope: Double { slopeSquares.max()?.squareRoot() ?? 0 }

    /// |∇φ|² at every cell that has a later neighbour along each axis.
    var slopeSquares: [Double] {
        values.indices.compactMap { index in
            var stride = 1
            var sum = 0.0
            for axis in 0..<grid.rank {
                guard index / stride % grid.cells[axis] + 1 < grid.cells[axis] else { return nil }
                let slope = Double(values[index + stride] - values[index]) / grid.spacing(axis)
                sum += slope * slope
                stride *= grid.cells[axis]
            }
            return sum
        }
    }
}
