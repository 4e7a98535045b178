import Numerics

/// Samples shapes on grids.
public enum ShapeSampler {
    /// The least of the distances of all shapes: exact outside, and inside as far as no other one is nearer. No values
    /// where there are no shapes.
    public static func union(
        _ shapes: [any Shape], on grid: SampleGrid, workers: Workers = Workers()
    ) -> SignedDistanceField {
        let fields = shapes.map { sample($0, on: grid, workers: workers) }
        guard var result = fields.first else { return SignedDistanceField(grid: grid, values: []) }
        for field in fields.dropFirst() {
            for cell in result.values.indices {
                result.values[cell] = min(result.values[cell], field.values[cell])
            }
        }
        return result
    }

    /// The signed distance from every cell's centre to the surface of a shape.
    ///
    /// Where the shape's own function is not the Euclidean distance (``Shape/isExact``), or is that of space
    /// where the grid is a plane cut through a solid, the surface is traced and distances are measured to it.
    public static func sample(
        _ shape: any Shape, on grid: SampleGrid, workers: Workers = Workers()
    ) -> SignedDistanceField {
        let values: [Float]
        if !shape.isExact || !isWhole(shape, on: grid) {
            values = Redistancing(shape, on: grid, workers: workers).distances()
        } else {
            values = shape.distances(on: grid, workers: workers)
        }
        return SignedDistanceField(grid: grid, values: values)
    }

    /// Whether the grid has every direction in which the shape varies.
    private static func isWhole(_ shape: any Shape, on grid: SampleGrid) -> Bool {
        let bounds = shape.bounds
        return (grid.rank..<3).allSatisfy {
            bounds.lower[$0] == -.infinity && bounds.upper[$0] == .infinity
        }
    }

    /// The shape's own function at every cell.
    static func pointwise(_ shape: any Shape, on grid: SampleGrid, workers: Workers) -> [Float] {
        fill(grid, workers: workers) { Float(shape.distance(to: $0)) }
    }

    /// Calls `value` at every centre, rows dealt out to the workers in turn.
    private static func fill(
        _ grid: SampleGrid, workers: Workers, value: @Sendable (Point) -> Float
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: grid.count) { buffer, count in
            let output = SharedOutput(buffer)
            let rows = GridRows(grid)
            workers.run { worker in
                for row in stride(from: worker, to: rows.count, by: workers.count) {
                    var point = rows.start(row)
                    for column in 0..<rows.length {
                        point.x = grid.center(0, column)
                        output[row * rows.length + column] = value(point)
                    }
                }
            }
            count = grid.count
        }
    }
}

/// The rows of a grid along x.
struct GridRows: Sendable {
    let grid: SampleGrid
    /// Cells in a row.
    let length: Int
    /// The number of rows.
    let count: Int

    init(_ grid: SampleGrid) {
        self.grid = grid
        length = grid.cells[0]
        count = length == 0 ? 0 : grid.count / length
    }

    /// The centre of a row's first cell.
    func start(_ row: Int) -> Point { grid.center(row * length) }
}

/// An array that several workers fill, each at places of its own.
struct SharedOutput<Value>: @unchecked Sendable {
    private let base: UnsafeMutablePointer<Value>?

    init(_ buffer: UnsafeMutableBufferPointer<Value>) { base = buffer.baseAddress }

    subscript(index: Int) -> Value {
        get { base.unsafelyUnwrapped[index] }
        nonmutating set { base.unsafelyUnwrapped[index] = newValue }
    }
}
