/// How the planes of a grid are shared out among blocks: whole planes along the march axis, in order.
struct Partition: Sendable {
    /// The planes of each block; some may be empty.
    let planes: [Range<Int>]
    private let rowsPerPlane: Int

    /// Blocks whose sizes differ by at most one plane.
    init(_ shape: GridShape, blocks: Int) {
        let count = max(1, min(blocks, shape.marchCells))
        planes = (0..<count).map {
            shape.marchCells * $0 / count..<shape.marchCells * ($0 + 1) / count
        }
        rowsPerPlane = shape.middleCells
    }

    /// The number of blocks.
    var count: Int { planes.count }

    /// The rows of the whole grid that a block owns.
    func rows(_ block: Int) -> Range<Int> {
        planes[block].lowerBound * rowsPerPlane..<planes[block].upperBound * rowsPerPlane
    }

    /// The block that owns a row of the whole grid.
    @inline(__always) func owner(ofRow row: Int) -> Int {
        let plane = row / rowsPerPlane
        var block = 0
        while !planes[block].contains(plane) { block += 1 }
        return block
    }
}
