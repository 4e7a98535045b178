/// The cell centres at which a shape is sampled: a uniform grid of one, two or three dimensions, x fastest.
public struct SampleGrid: Sendable, Equatable {
    /// Cells along each axis, x first.
    public var cells: [Int]
    /// The lower corner of the box.
    public var lower: [Double]
    /// The upper corner of the box.
    public var upper: [Double]

    /// A grid over a box; all arrays have one entry per dimension.
    public init(cells: [Int], lower: [Double], upper: [Double]) {
        self.cells = cells
        self.lower = lower
        self.upper = upper
    }

    /// The dimension.
    public var rank: Int { cells.count }
    /// The number of cells.
    public var count: Int { cells.reduce(1, *) }
    /// The size of a cell along an axis.
    public func spacing(_ axis: Int) -> Double { (upper[axis] - lower[axis]) / Double(cells[axis]) }
    /// The centre of a cell along an axis; the index may lie beyond the grid.
    public func center(_ axis: Int, _ index: Int) -> Double {
        lower[axis] + (Double(index) + 0.5) * spacing(axis)
    }
    /// The centre of cell `index` (x fastest).
    public func center(_ index: Int) -> Point {
        var point = Point(repeating: 0)
        var rest = index
        for axis in 0..<rank {
            point[axis] = center(axis, rest % cells[axis])
            rest /= cells[axis]
        }
        return point
    }
}
