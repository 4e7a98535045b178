/// The solid stretches of every row: cells that a stage leaves as they are.
struct SolidSpans: Sendable {
    private let starts: [Int]
    private let spans: [Range<Int>]

    init(_ solid: SolidCells) {
        let nx = solid.grid.cells[0]
        var starts = [0]
        var spans: [Range<Int>] = []
        for row in 0..<solid.grid.count / nx {
            var first: Int?
            for x in 0...nx {
                let isSolid = x < nx && solid.isSolid(row * nx + x)
                if isSolid, first == nil { first = x }
                if !isSolid, let start = first {
                    spans.append(start..<x)
                    first = nil
                }
            }
            starts.append(spans.count)
        }
        self.starts = starts
        self.spans = spans
    }

    /// Copies the solid cells of a row from one buffer to another.
    @inline(__always) func copy<Scalar>(
        row: Int, from source: UnsafePointer<Scalar>, to target: UnsafeMutablePointer<Scalar>
    ) {
        for index in starts[row]..<starts[row + 1] {
            for cell in spans[index] { target[cell] = source[cell] }
        }
    }
}
