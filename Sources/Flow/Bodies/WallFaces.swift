/// The faces near walls whose stencil holds ghost cells, in runs along rows.
///
/// Ghost states are second-order accurate and change slope at the wall; a fifth-order stencil across it gains
/// nothing and rings. There the flux of order three is taken.
struct WallFaces: Sendable {
    /// Runs starts[r]..<starts[r + 1] belong to row r of faces: for direction 0 the faces below the cells
    /// 0…rowCells of row r, else the faces below row r in that direction.
    private let starts: [Int]
    private let runs: [Range<Int>]

    /// - Parameter reach: how many cells on either side of a face its stencil reads.
    init(_ solid: SolidCells, direction: Int, reach: Int = GridShape.ghostLayers) {
        let grid = solid.grid
        let nx = grid.cells[0]
        let lines = grid.count / nx
        // Rows of faces along `direction`: one more than there are cells; the last one follows the others.
        let across = direction == 0 ? 0 : lines / grid.cells[direction]
        var starts = [0]
        var runs: [Range<Int>] = []
        for row in 0..<lines + across {
            defer { starts.append(runs.count) }
            var first: Int?
            let count = direction == 0 ? nx + 1 : nx
            for x in 0...count {
                let isNear = x < count && Self.isNear(x, row, direction, reach, solid)
                if isNear, first == nil { first = x }
                if !isNear, let begin = first {
                    runs.append(begin..<x)
                    first = nil
                }
            }
        }
        self.starts = starts
        self.runs = runs
    }

    @inline(__always) subscript(_ row: Int) -> ArraySlice<Range<Int>> { runs[starts[row]..<starts[row + 1]] }

    /// Whether a face has both kinds of cells in its stencil.
    private static func isNear(
        _ x: Int, _ row: Int, _ direction: Int, _ reach: Int, _ solid: SolidCells
    ) -> Bool {
        var upper = cell(x, row, direction, solid.grid.cells)
        var hasSolid = false
        var hasFluid = false
        upper[direction] -= reach
        for _ in 0..<2 * reach {
            if let inside = solid.wrapped(upper) {
                if solid.isSolid(inside) { hasSolid = true } else { hasFluid = true }
            }
            upper[direction] += 1
        }
        return hasSolid && hasFluid
    }

    /// The cell on the upper side of a face; in the last rows of faces it lies beyond the domain.
    private static func cell(_ x: Int, _ row: Int, _ direction: Int, _ cells: [Int]) -> SIMD3<Int> {
        guard cells.count > 2 else { return SIMD3(x, row, 0) }
        let ny = cells[1]
        guard row >= ny * cells[2] else { return SIMD3(x, row % ny, row / ny) }
        let rest = row - ny * cells[2]
        return direction == 1 ? SIMD3(x, ny, rest) : SIMD3(x, rest, cells[2])
    }
}
