import Numerics

/// The grid as kernels see it, in one, two or three dimensions alike.
///
/// Kernels know three *roles* instead of three dimensions: `row` (always x: contiguous, in vector lanes),
/// `march` (the last axis: planes are visited one after the other through a short ring of decoded planes) and
/// `middle` (what is left: y in three dimensions, absent otherwise). A 2-D grid marches through rows, a 3-D
/// grid through planes, a 1-D grid does not march.
struct GridShape: Sendable {
    /// Layers of cells beyond each face that a stencil may touch.
    static let ghostLayers = 3
    /// Values in front of the first cell of a scratch row; keeps rows aligned and the widest read in bounds.
    static let rowPadding = 16

    let rank: Int
    let rowCells: Int
    let middleCells: Int
    let marchCells: Int

    init(cells: [Int]) {
        rank = cells.count
        rowCells = cells[0]
        middleCells = cells.count == 3 ? cells[1] : 1
        marchCells = cells.count > 1 ? cells[cells.count - 1] : 1
    }

    var cellCount: Int { rowCells * middleCells * marchCells }
    /// Rows of a field in memory.
    var rowCount: Int { middleCells * marchCells }
    /// The direction (0 x, 1 y, 2 z) of the middle axis, if there is one.
    var middleDirection: Int? { rank == 3 ? 1 : nil }
    /// The direction of the march axis, if there is one.
    var marchDirection: Int? { rank > 1 ? rank - 1 : nil }

    /// The plane that a plane index means in a periodic domain.
    @inline(__always) func wrapped(plane: Int) -> Int { (plane % marchCells + marchCells) % marchCells }

    // Scratch planes: rows with padding, and ghost rows where there is a middle axis.

    /// Distance between rows of a scratch plane.
    var rowStride: Int { (rowCells + 1 + 15) / 16 * 16 + 2 * Self.rowPadding }
    /// Ghost rows on each side of a plane.
    var ghostRows: Int { rank == 3 ? Self.ghostLayers : 0 }
    /// Rows of a scratch plane.
    var planeRows: Int { middleCells + 2 * ghostRows }
    /// Distance between variables of a scratch plane.
    var variableStride: Int { planeRows * rowStride }
    /// Where cell 0 of row `middle` (from −ghostRows) lies in a scratch plane.
    func offset(row middle: Int) -> Int { (middle + ghostRows) * rowStride + Self.rowPadding }
}
