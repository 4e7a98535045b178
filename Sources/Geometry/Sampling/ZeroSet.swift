import Numerics

/// The surface of a shape near a grid, as triangles (segments and points in fewer dimensions), traced in cells
/// that are the smaller the more the surface bends. Cells that the bound |φ| keeps clear of the surface are
/// never looked into.
struct ZeroSet {
    /// The surface.
    private(set) var triangles: [Triangle] = []

    /// A box along the axes of the grid; its edge along those beyond the grid's rank is 0.
    private struct Cell {
        var lower: Point
        var edge: Point
    }

    private let shape: any Shape
    private let rank: Int
    private let box: Bounds
    private let spacing: Point
    /// The finest cell in parts of the grid's, where the surface is seen and where it may be missed.
    private let finest: (crossed: Double, clear: Double)

    /// How far a chord may be off the surface, in parts of its cell.
    private static let flatness = 0.004
    /// Roots that are dealt out to the workers.
    private static let roots = 512

    init(of shape: any Shape, around grid: SampleGrid, workers: Workers) {
        self.shape = shape
        rank = grid.rank
        var box = Bounds(lower: Point(), upper: Point())
        var spacing = Point()
        for axis in 0..<grid.rank {
            box.lower[axis] = grid.lower[axis]
            box.upper[axis] = grid.upper[axis]
            spacing[axis] = grid.spacing(axis)
        }
        self.box = box
        self.spacing = spacing
        finest = grid.rank < 3 ? (1.0 / 128, 1.0 / 16) : (1.0 / 16, 1.0 / 4)
        triangles = trace(workers)
    }

    private func trace(_ workers: Workers) -> [Triangle] {
        guard let whole = region() else { return [] }
        var cells = [whole]
        while cells.count < Self.roots, cells.contains(where: { !isFine($0) }) {
            cells = cells.flatMap { isFine($0) ? [$0] : children(of: $0) }.filter { mayHoldSurface($0) }
        }
        var parts = Array(repeating: [Triangle](), count: cells.count)
        let roots = cells
        parts.withUnsafeMutableBufferPointer { buffer in
            let output = SharedOutput(buffer)
            workers.run { worker in
                for index in stride(from: worker, to: roots.count, by: workers.count) {
                    var found: [Triangle] = []
                    trace(roots[index], &found)
                    output[index] = found
                }
            }
        }
        return parts.flatMap { $0 }
    }

    /// Where the nearest surface may be: the grid's box, enlarged by its own size on every side, as far as the
    /// shape reaches. In whole cells of the grid times a power of two.
    private func region() -> Cell? {
        let size = dot(box.upper - box.lower, box.upper - box.lower).squareRoot()
        var cell = Cell(lower: Point(), edge: Point())
        var doubled = 1.0
        for axis in 0..<rank {
            let margin = 1.37 * spacing[axis]
            let lower = max(box.lower[axis] - size, shape.bounds.lower[axis] - margin)
            let upper = min(box.upper[axis] + size, shape.bounds.upper[axis] + margin)
            guard lower < upper else { return nil }
            cell.lower[axis] = lower
            while doubled * spacing[axis] < upper - lower { doubled *= 2 }
        }
        cell.edge = doubled * spacing
        return cell
    }

    private func children(of cell: Cell) -> [Cell] {
        (0..<(1 << rank)).map { corner in
            var child = Cell(lower: cell.lower, edge: 0.5 * cell.edge)
            for axis in 0..<rank where corner >> axis & 1 == 1 { child.lower[axis] += child.edge[axis] }
            return child
        }
    }

    private func mayHoldSurface(_ cell: Cell) -> Bool {
        let half = 0.5 * cell.edge
        return abs(shape.distance(to: cell.lower + half)) <= dot(half, half).squareRoot() * 1.000_001
    }

    /// Whether the cell is as small as the grid's, or as an eighth of its distance from the grid.
    private func isFine(_ cell: Cell) -> Bool {
        let below = box.lower - cell.lower - cell.edge
        let above = cell.lower - box.upper
        let away = max(0, below.max(), above.max())
        return cell.edge.max() <= max(spacing.max() * 1.001, away / 8)
    }

    private func trace(_ cell: Cell, _ found: inout [Triangle]) {
        guard mayHoldSurface(cell) else { return }
        if !isFine(cell) {
            for child in children(of: cell) { trace(child, &found) }
            return
        }
        let corners = (0..<(1 << rank)).map { corner in
            var point = cell.lower
            for axis in 0..<rank where corner >> axis & 1 == 1 { point[axis] += cell.edge[axis] }
            return point
        }
        let values = corners.map { shape.distance(to: $0) }
        let triangles = CellContour.triangles(corners: corners, values: values) { shape.distance(to: $0) }
        let part = cell.edge.max() / spacing.max()
        let isLast = part <= (triangles.isEmpty ? finest.clear : finest.crossed)
        if isLast || (!triangles.isEmpty && isFlat(triangles, cell)) {
            found += triangles
        } else {
            for child in children(of: cell) { trace(child, &found) }
        }
    }

    /// Whether the chords lie on the surface.
    private func isFlat(_ triangles: [Triangle], _ cell: Cell) -> Bool {
        let limit = Self.flatness * cell.edge.max()
        return triangles.allSatisfy { triangle in
            let middle = rank < 3 ? 0.5 * (triangle.a + triangle.b) : triangle.centroid
            return abs(shape.distance(to: middle)) <= limit
        }
    }
}
