import Numerics

/// Distances from the cells of a grid to triangles; each search starts with what was near the cell before.
struct TriangleSweep: Sendable {
    let tree: TriangleTree
    let grid: SampleGrid

    /// A cell while it is visited.
    struct Cell {
        /// The index in the grid, x fastest.
        var index: Int
        /// The index along x.
        var column: Int
        /// Whether the row before, in the same plane, is the same worker's and done.
        var hasRowBefore: Bool
        /// The centre.
        var point: Point
        /// The nearest leaf.
        var hit: TriangleTree.Hit
        /// The distance to the nearest triangle.
        var distance: Double
    }

    /// Rows that one worker takes together.
    private static let strip = 16

    /// Stores `value` of every cell; it may read what is stored for the cell before, and in the row before.
    func fill(
        workers: Workers, value: @Sendable (Cell, SharedOutput<Float>) -> Float
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: grid.count) { buffer, count in
            let output = SharedOutput(buffer)
            let rows = GridRows(grid)
            let strips = (rows.count + Self.strip - 1) / Self.strip
            workers.run { worker in
                tree.withSearch { search in
                    for strip in stride(from: worker, to: strips, by: workers.count) {
                        let first = strip * Self.strip
                        let taken = first..<min(first + Self.strip, rows.count)
                        fill(taken, rows, search, output, value)
                    }
                }
            }
            count = grid.count
        }
    }

    private func fill(
        _ taken: Range<Int>, _ rows: GridRows, _ search: TriangleTree.Search,
        _ output: SharedOutput<Float>, _ value: (Cell, SharedOutput<Float>) -> Float
    ) {
        var rowHint = 0
        let rowsInPlane = grid.rank > 1 ? grid.cells[1] : 1
        for row in taken {
            var hint = rowHint
            var point = rows.start(row)
            for column in 0..<rows.length {
                point.x = grid.center(0, column)
                let hit = search.nearest(to: tree.frame.enter(point), startingWith: hint)
                hint = hit.block
                if column == 0 { rowHint = hint }
                let index = row * rows.length + column
                let cell = Cell(
                    index: index, column: column,
                    hasRowBefore: row > taken.lowerBound && row % rowsInPlane > 0, point: point, hit: hit,
                    distance: tree.frame.length(hit.squared.squareRoot()))
                output[index] = value(cell, output)
            }
        }
    }
}
