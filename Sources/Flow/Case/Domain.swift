/// A uniform Cartesian grid; arrays have one entry per dimension (1, 2 or 3), x first.
public struct Domain: Sendable, Equatable {
    /// Cells along each axis.
    public var cells: [Int]
    /// Lower corner.
    public var lower: [Double]
    /// Upper corner.
    public var upper: [Double]
    /// The dimension.
    public var rank: Int { cells.count }
    /// The size of a cell along an axis.
    public func spacing(_ axis: Int) -> Double { (upper[axis] - lower[axis]) / Double(cells[axis]) }
    /// The size of a cell along every axis.
    public var spacings: [Double] { (0..<rank).map(spacing) }
    /// The centre of a cell along an axis.
    public func center(_ axis: Int, _ index: Int) -> Double {
        lower[axis] + (Double(index) + 0.5) * spacing(axis)
    }
}
