import Numerics

/// The gradient of the weights of a 3 × 3 convolution in the space of ``WinogradConvolution``:
/// dW = Σ over tiles Gᵀ[(Bᵀ x B)ᵀ·(A dy Aᵀ)]G.
///
/// Chunks of tiles are transformed by all workers together, then each worker owns some of the inputs: the result does
/// not depend on the number of workers.
struct WinogradWeightGradient<Scalar: Real>: Sendable {
    private typealias V = Scalar.Vector
    let tiles: WinogradTiles
    let from: Int
    let to: Int

    /// Inputs and outputs whose products stay in the cache together.
    private var slab: Int { 32 }
    private var panel: Int { 2 * V.count }
    private var inputRow: Int { (from + V.count - 1) / V.count * V.count + 16 }
    private var outputRow: Int { (to + V.count - 1) / V.count * V.count + 16 }
    /// Tiles of a chunk: four megabytes.
    private var chunk: Int { min(tiles.count, max(32, 1_048_576 / (36 * (inputRow + outputRow)))) }
    private var spaceCount: Int { 36 * V.count + 36 * slab * panel + 32 }

    /// Values of scratch memory.
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers) + 36 * chunk * (inputRow + outputRow) + 64
    }

    /// dW, or dW += …, in the layout [9, inputs, outputs].
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func apply(
        _ x: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, into place: GradientPlace<Scalar>,
        _ workers: Workers, _ workspace: UnsafeMutablePointer<Scalar>
    ) {
        let spaces = WorkerSpaces(workers, workspace, spaceCount)
        let v = workspace + WorkerSpaces<Scalar>.total(spaceCount, workers: workers.count)
        let d = v + 36 * chunk * inputRow
        for start in stride(from: 0, to: tiles.count, by: chunk) {
            let count = min(chunk, tiles.count - start)
            spaces.share(count) { items, space in
                let range = (start + items.lowerBound)..<(start + items.upperBound)
                tiles.transform(
                    input: x, channels: from, range, into: v, first: start, stride: count, row: inputRow,
                    scratch: space)
                tiles.transform(
                    gradient: dy, channels: to, range, into: d, first: start, stride: count, row: outputRow,
                    scratch: space)
            }
            let target = GradientPlace(base: place.base, accumulates: place.accumulates || start > 0)
            spaces.share((from + slab - 1) / slab) { items, space in
                for item in items {
                    for column in stride(from: 0, to: to, by: panel) {
                        multiply(v, d, count, item * slab, column, target, space)
                    }
                }
            }
        }
    }

    @inline(__always) private func multiply(
        _ v: UnsafePointer<Scalar>, _ d: UnsafePointer<Scalar>, _ count: Int, _ first: Int, _ column: Int,
        _ place: GradientPlace<Scalar>, _ scratch: UnsafeMutablePointer<Scalar>
    ) {
        let (rows, width) = (min(slab, from - first), min(panel, to - column))
        let u = scratch + 36 * V.count
        for frequency in 0..<36 {
            Products.multiply(
                rows: rows, columns: width, depth: count,
                Products.Strided(v + (frequency * count * inputRow + first), row: 1, column: inputRow),
                d + (frequency * count * outputRow + column), bRow: outputRow,
                u + frequency * slab * panel, cRow: panel, accumulates: false)
        }
        for row in 0..<rows {
            for offset in stride(from: 0, to: width, by: V.count) {
                let (source, lanes) = (u + (row * panel + offset), min(V.count, width - offset))
                let target = place.base + ((first + row) * to + column + offset)
                WinogradTransforms.plane((6, 3), scratch, WinogradTransforms.weightsAdjoint) {
                    row, column -> V in
                    V(at: source + (6 &* row &+ column) &* slab &* panel)
                } write: { row, column, value in
                    Products.put(
                        value, target + (3 &* row &+ column) &* from &* to, lanes, place.accumulates)
                }
            }
        }
    }
}
