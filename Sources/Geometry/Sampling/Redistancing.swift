import Numerics

/// Euclidean distances for a shape of which only the zero is exact.
struct Redistancing {
    private let shape: any Shape
    private let grid: SampleGrid
    private let workers: Workers

    init(_ shape: any Shape, on grid: SampleGrid, workers: Workers) {
        self.shape = shape
        self.grid = grid
        self.workers = workers
    }

    func distances() -> [Float] {
        ShapeSampler.pointwise(shape, on: grid, workers: workers)
    }
}
