import Numerics

/// Euclidean distances for a shape of which only the zero is exact: the zero is traced (``ZeroSet``) and the
/// distances are measured to it, with the sign and the last correction from the shape's own function.
struct Redistancing {
    private let shape: any Shape
    private let grid: SampleGrid
    private let workers: Workers

    init(_ shape: any Shape, on grid: SampleGrid, workers: Workers) {
        self.shape = shape
        self.grid = grid
        self.workers = workers
    }

    /// φ at the cells; the shape's own values where it has no surface at all.
    func distances() -> [Float] {
        let zero = ZeroSet(of: shape, around: grid, workers: workers).triangles
        guard !zero.isEmpty else {
            return ShapeSampler.pointwise(shape, on: grid, workers: workers)
        }
        let tree = TriangleTree(zero)
        let shape = shape
        let reach = (0..<grid.rank).map { grid.spacing($0) }.max() ?? 0
        return TriangleSweep(tree: tree, grid: grid).fill(workers: workers) { cell, _ in
            let own = shape.distance(to: cell.point)
            let place = tree.frame.enter(cell.point)
            let foot = tree.frame.leave(tree.closest(to: place, in: cell.hit))
            // The foot lies on a chord of the surface, off by what the function says there.
            let error = min(max(shape.distance(to: foot), -0.1 * reach), 0.1 * reach)
            let corrected = own > 0 ? cell.distance + error : cell.distance - error
            let distance = max(corrected, abs(own))
            return Float(own > 0 ? distance : -distance)
        }
    }
}
