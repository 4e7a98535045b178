import Numerics

/// Which cells of a grid are fluid and which belong to a body.
public struct Mask: Sendable, Equatable {
    /// Where the cells are.
    public let grid: SampleGrid
    /// 1 = fluid, 0 = body, one a cell, x fastest.
    public var values: [UInt8]

    /// A mask from values; there must be one for each cell, and every value but 0 is fluid.
    public init(grid: SampleGrid, values: [UInt8]) {
        precondition(values.count == grid.count, "one value for each cell")
        self.grid = grid
        self.values = values.map { $0 == 0 ? 0 : 1 }
    }

    /// The number of cells that belong to a body.
    public var solidCount: Int { values.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } }

    /// The exact Euclidean distance from every cell's centre to the faces between body and fluid, which lie
    /// half-way between cells of different kind.
    ///
    /// Where all cells are of one kind there is no surface: the values are ± the diagonal of the grid's box.
    public func distanceField(workers: Workers = Workers()) -> SignedDistanceField {
        let toBody = DistanceTransform.distances(
            toCellsWhere: { values[$0] == 0 }, on: grid, workers: workers)
        let toFluid = DistanceTransform.distances(
            toCellsWhere: { values[$0] != 0 }, on: grid, workers: workers)
        let farthest = (0..<grid.rank).reduce(0.0) { sum, axis in
            let edge = grid.upper[axis] - grid.lower[axis]
            return sum + edge * edge
        }.squareRoot()
        let signed = zip(toBody, toFluid).map { body, fluid in
            Float(body > 0 ? min(body, farthest) : -min(fluid, farthest))
        }
        return SignedDistanceField(grid: grid, values: signed)
    }
}
