/// How faces of one direction are kept: along x one row of faces for each row of cells, with one face more
/// than cells; across x one row of faces below each row of cells, and one more beyond the last row, which is
/// numbered after all others.
struct FaceRows: Sendable {
    private let cells: [Int]
    private let direction: Int

    init(cells: [Int], direction: Int) {
        self.cells = cells
        self.direction = direction
    }

    private var lines: Int { cells.dropFirst().reduce(1, *) }
    /// The number of rows of faces.
    var count: Int { direction == 0 ? lines : lines + lines / cells[direction] }
    /// Faces in a row.
    var width: Int { direction == 0 ? cells[0] + 1 : cells[0] }

    /// The cell on the upper side of a face; in the last rows it lies beyond the domain.
    func cell(row: Int, place: Int) -> SIMD3<Int> {
        guard cells.count > 2 else { return SIMD3(place, row, 0) }
        let ny = cells[1]
        guard row >= lines else { return SIMD3(place, row % ny, row / ny) }
        let rest = row - lines
        return direction == 1 ? SIMD3(place, ny, rest) : SIMD3(place, rest, cells[2])
    }

    /// The first cell of every line of cells along the direction.
    var lineStarts: [SIMD3<Int>] {
        var counts = [1, 1, 1]
        for axis in cells.indices where axis != direction { counts[axis] = cells[axis] }
        return (0..<counts[2]).flatMap { z in
            (0..<counts[1]).flatMap { y in (0..<counts[0]).map { x in SIMD3(x, y, z) } }
        }
    }

    /// The row and place of the face below cell `position` of a line.
    func place(of position: Int, onLineAt start: SIMD3<Int>) -> (row: Int, place: Int) {
        let ny = cells.count > 2 ? cells[1] : 1
        switch direction {
        case 0: return (cells.count > 2 ? start.z * ny + start.y : start.y, position)
        case 1 where cells.count == 2: return (position, start.x)
        case 1: return (position == ny ? lines + start.z : start.z * ny + position, start.x)
        default: return (position * ny + start.y, start.x)
        }
    }
}
