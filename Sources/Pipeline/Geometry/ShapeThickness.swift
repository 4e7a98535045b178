import Geometry

/// The size across the thinnest part of a solid.
///
/// The solid is worn down from its surface. What happens first, a part that vanishes or one that falls in two,
/// happens at its thinnest place: 2|φ| there is the thickness. Corners and edges are worn off without either, so
/// that they do not count. Played backwards: cells come in from the deepest on, a union-find structure follows the
/// parts, each known by its deepest cell, and where two parts meet there is a neck. Parts that are no deeper than
/// their meeting place by a cell are taken for roughness.
///
/// H. Edelsbrunner, D. Letscher and A. Zomorodian (2002), Topological persistence and simplification,
/// doi:10.1007/s00454-002-2885-2, in dimension 0.
struct ShapeThickness {
    /// 2|φ| at the thinnest part, 0 where nothing is solid.
    private(set) var smallest = 0.0

    private let values: [Float]
    private let cells: [Int]
    /// The next cell on the way to the root of each cell's part; −1 for cells that have not come in.
    private var parents: [Int32]

    init(_ field: SignedDistanceField) {
        values = field.values
        cells = field.grid.cells + Array(repeating: 1, count: 3 - field.grid.rank)
        parents = Array(repeating: -1, count: values.count)
        let spacing = (0..<field.grid.rank).map(field.grid.spacing).max() ?? 0
        measure(roughness: Float(spacing))
    }

    private mutating func measure(roughness: Float) {
        let order = values.indices.filter { values[$0] < 0 }.sorted {
            values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
        }
        var thinnest = Float.infinity
        for cell in order {
            parents[cell] = Int32(cell)
            eachNeighbour(of: cell) { neighbour, parts in
                guard parts.parents[neighbour] >= 0 else { return }
                let (here, there) = (parts.root(of: cell), parts.root(of: neighbour))
                guard here != there else { return }
                // A part's root is its deepest cell; the deeper part goes on.
                let (deep, shallow) =
                    parts.values[here] < parts.values[there] ? (here, there) : (there, here)
                if parts.values[cell] - parts.values[shallow] > roughness {
                    thinnest = min(thinnest, -parts.values[cell])
                }
                parts.parents[shallow] = Int32(deep)
            }
        }
        for cell in order where Int(parents[cell]) == cell { thinnest = min(thinnest, -values[cell]) }
        smallest = thinnest.isFinite ? 2 * Double(thinnest) : 0
    }

    private mutating func root(of cell: Int) -> Int {
        var cell = cell
        while Int(parents[cell]) != cell {
            parents[cell] = parents[Int(parents[cell])]
            cell = Int(parents[cell])
        }
        return cell
    }

    /// Calls `body` for the cells that share a face, an edge or a corner.
    private mutating func eachNeighbour(
        of cell: Int, _ body: (Int, inout ShapeThickness) -> Void
    ) {
        let (nx, ny, nz) = (cells[0], cells[1], cells[2])
        let (x, y, z) = (cell % nx, cell / nx % ny, cell / (nx * ny))
        for k in max(z - 1, 0)...min(z + 1, nz - 1) {
            for j in max(y - 1, 0)...min(y + 1, ny - 1) {
                for i in max(x - 1, 0)...min(x + 1, nx - 1) {
                    let neighbour = (k * ny + j) * nx + i
                    if neighbour != cell { body(neighbour, &self) }
                }
            }
        }
    }
}
