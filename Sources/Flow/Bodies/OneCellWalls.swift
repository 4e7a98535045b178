/// Fluid cells next to a wall of a single cell, whose one ghost cell cannot serve both sides.
struct OneCellWalls: Sendable {
    /// A fluid cell and the sides on which such a wall lies: bit 2·direction, plus 1 for the upper side.
    struct Cell: Sendable {
        let place: Int32
        let sides: UInt8
    }

    private let starts: [Int]
    private let cells: [Cell]

    init(_ solid: SolidCells) {
        let nx = solid.grid.cells[0]
        let near = solid.rowsNearSolid
        var starts = [0]
        var cells: [Cell] = []
        for row in 0..<solid.grid.count / nx {
            defer { starts.append(cells.count) }
            guard near[row] else { continue }
            for x in 0..<nx where !solid.isSolid(row * nx + x) {
                let sides = Self.sides(of: solid.cell(row * nx + x), solid)
                if sides != 0 { cells.append(Cell(place: Int32(x), sides: sides)) }
            }
        }
        self.starts = starts
        self.cells = cells
    }

    private static func sides(of cell: SIMD3<Int>, _ solid: SolidCells) -> UInt8 {
        var sides: UInt8 = 0
        for side in 0..<2 * solid.grid.rank {
            let step = side & 1 == 0 ? -1 : 1
            guard let wall = solid.neighbour(cell, side / 2, step), solid.isSolid(wall),
                let beyond = solid.neighbour(cell, side / 2, 2 * step), !solid.isSolid(beyond)
            else { continue }
            sides |= 1 << UInt8(side)
        }
        return sides
    }

    /// The cells of a row.
    @inline(__always) subscript(_ row: Int) -> ArraySlice<Cell> { cells[starts[row]..<starts[row + 1]] }
}
