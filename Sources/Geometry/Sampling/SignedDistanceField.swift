import Numerics

/// Signed distances at the centres of a grid's cells, negative inside solids.
public struct SignedDistanceField: Sendable, Equatable {
    /// Where the values are.
    public let grid: SampleGrid
    /// φ in the units of the grid's box, one a cell, x fastest.
    public var values: [Float]

    /// A field from values; there must be one for each cell.
    public init(grid: SampleGrid, values: [Float]) {
        precondition(values.count == grid.count, "one value for each cell")
        self.grid = grid
        self.values = values
    }

    /// 1 where φ > 0 (fluid), 0 where φ ≤ 0 (body).
    public var mask: Mask {
        Mask(grid: grid, values: values.map { $0 > 0 ? 1 : 0 })
    }

    /// The Euclidean distance to the zero level of this field, which is taken between the cells by cubic
    /// interpolation: for a field whose zero is right and whose other values are not.
    public func redistanced(workers: Workers = Workers()) -> SignedDistanceField {
        let shape = SampledShape(self, isDistance: false)
        return ShapeSampler.sample(shape, on: grid, workers: workers)
    }
}
