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
        let rows = FaceRows(cells: solid.grid.cells, direction: direction)
        var starts = [0]
        var runs: [Range<Int>] = []
        for row in 0..<rows.count {
            defer { starts.append(runs.count) }
            var first: Int?
            for place in 0...rows.width {
                let isNear =
                    place < rows.width && Self.isNear(rows.cell(row: row, place: place), direction, reach, solid)
                if isNear, first == nil { first = place }
                if !isNear, let begin = first {
                    runs.append(begin..<place)
                    first = nil
                }
            }
        }
        self.starts = starts
        self.runs = runs
    }

    @inline(__always) subscript(_ row: Int) -> ArraySlice<Range<Int>> { runs[starts[row]..<starts[row + 1]] }

    /// Whether the face below a cell has both kinds of cells in its stencil.
    private static func isNear(_ upper: SIMD3<Int>, _ direction: Int, _ reach: Int, _ solid: SolidCells) -> Bool {
        var hasSolid = false
        var hasFluid = false
        var cell = upper
        cell[direction] -= reach
        for _ in 0..<2 * reach {
            if let inside = solid.wrapped(cell) {
                if solid.isSolid(inside) { hasSolid = true } else { hasFluid = true }
            }
            cell[direction] += 1
        }
        return hasSolid && hasFluid
    }
}
