import Numerics

/// A convolution with a kernel of 3 × 3 points by Winograd's F(4 × 4, 3 × 3): 36 products of matrices
/// [tiles × inputs]·[inputs × outputs] instead of 144.
///
/// The weights are transformed a panel at a time in the cache, and never written to memory in their fourfold size.
struct WinogradConvolution<Scalar: Real>: Sendable {
    private typealias V = Scalar.Vector
    let tiles: WinogradTiles
    let from: Int
    let to: Int
    /// Whether this is the adjoint map, of a convolution from `to` to `from` channels.
    let isAdjoint: Bool

    /// Inputs whose weights are transformed together.
    private var slab: Int { min(64, from) }
    /// Outputs that are computed together: two vectors.
    private var panel: Int { 2 * V.count }
    private var panels: Int { (to + panel - 1) / panel }
    /// Values from one tile to the next; not a power of two, which would crowd a few sets of the cache.
    private var row: Int { (from + V.count - 1) / V.count * V.count + 16 }
    /// Where weights are few and tiles many, each worker transforms tiles for itself and does all outputs; else tiles are
    /// transformed first, for all workers, and each does some of the outputs.
    private func isLocal(_ workers: Int) -> Bool { from * to <= 8192 && tiles.count >= 64 * workers }
    private func block(_ workers: Int) -> Int {
        min(tiles.count, isLocal(workers) && from > 32 ? 32 : 64)
    }

    private var weightsCount: Int { 36 * slab * panel + 32 }
    private func productsCount(_ workers: Int) -> Int { 36 * block(workers) * panel + 32 }
    private func tilesCount(_ workers: Int) -> Int {
        36 * row * (isLocal(workers) ? block(workers) : tiles.count) + 32
    }
    private func spaceCount(_ workers: Int) -> Int {
        (36 + 18) * V.count + weightsCount + 9 * slab * panel + productsCount(workers)
            + (isLocal(workers) ? tilesCount(workers) : 0)
    }

    /// Values of scratch memory.
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount(workers), workers: workers)
            + (isLocal(workers) ? 0 : tilesCount(workers))
    }

    /// Places in a worker's scratch memory.
    private struct Space {
        let scratch: UnsafeMutablePointer<Scalar>
        let weights: UnsafeMutablePointer<Scalar>
        let turned: UnsafeMutablePointer<Scalar>
        let products: UnsafeMutablePointer<Scalar>
        let tiles: UnsafeMutablePointer<Scalar>
    }

    private func space(_ base: UnsafeMutablePointer<Scalar>, _ workers: Int) -> Space {
        let weights = base + (36 + 18) * V.count
        let turned = weights + weightsCount
        let products = turned + 9 * slab * panel
        return Space(
            scratch: base, weights: weights, turned: turned, products: products,
            tiles: products + productsCount(workers))
    }

    /// y = W ∗ x + b, or y += …; W is [9, inputs, outputs] of the convolution itself, also for the adjoint.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func apply(
        _ x: UnsafePointer<Scalar>, _ weights: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?,
        into y: GradientPlace<Scalar>, _ workers: Workers, _ workspace: UnsafeMutablePointer<Scalar>
    ) {
        let (threads, block) = (workers.count, block(workers.count))
        let blocks = (tiles.count + block - 1) / block
        let spaces = WorkerSpaces(workers, workspace, spaceCount(threads))
        if isLocal(threads) {
            return spaces.share(blocks) { items, base in
                let space = self.space(base, threads)
                for item in items {
                    let range = (item * block)..<min(tiles.count, (item + 1) * block)
                    tiles.transform(
                        input: x, channels: from, range, into: space.tiles, first: range.lowerBound,
                        stride: range.count, row: row, scratch: space.scratch)
                    for panel in 0..<panels {
                        multiply(space.tiles, range.count, weights, bias, y, range, panel, space)
                    }
                }
            }
        }
        let shared = workspace + WorkerSpaces<Scalar>.total(spaceCount(threads), workers: threads)
        spaces.share(tiles.count) { range, base in
            tiles.transform(
                input: x, channels: from, range, into: shared, first: 0, stride: tiles.count, row: row,
                scratch: base)
        }
        spaces.share(panels * blocks) { items, base in
            let space = self.space(base, threads)
            for item in items {
                let (panel, start) = (item / blocks, item % blocks * block)
                let range = start..<min(tiles.count, start + block)
                multiply(shared + start * row, tiles.count, weights, bias, y, range, panel, space)
            }
        }
    }

    /// One panel of outputs of some transformed tiles.
    @inline(__always) private func multiply(
        _ v: UnsafePointer<Scalar>, _ stride: Int, _ weights: UnsafePointer<Scalar>,
        _ bias: UnsafePointer<Scalar>?, _ y: GradientPlace<Scalar>, _ range: Range<Int>, _ index: Int,
        _ space: Space
    ) {
        let column = index * panel
        let width = min(panel, to - column)
        for first in Swift.stride(from: 0, to: from, by: slab) {
            let depth = min(slab, from - first)
            transformWeights(weights, first, depth, column, width, space)
            for frequency in 0..<36 {
                Products.multiply(
                    rows: range.count, columns: width, depth: depth,
                    Products.Strided(v + (frequency * stride * row + first), row: row),
                    space.weights + frequency * slab * panel, bRow: panel,
                    space.products + frequency * range.count * panel, cRow: panel, accumulates: first > 0)
            }
        }
        for offset in Swift.stride(from: 0, to: width, by: V.count) {
            finish(range, space, offset, column + offset, min(V.count, width - offset), bias, y)
        }
    }

    /// G w Gᵀ for a slab of inputs and a panel of outputs: [36, slab, panel].
    @inline(__always) private func transformWeights(
        _ weights: UnsafePointer<Scalar>, _ first: Int, _ depth: Int, _ column: Int, _ width: Int,
        _ space: Space
    ) {
        var (source, step, tap) = (weights + (first * to + column), to, from * to)
        if isAdjoint {
            turn(weights, first, depth, column, width, into: space.turned)
            (source, step, tap) = (UnsafePointer(space.turned), panel, slab * panel)
        }
        for input in 0..<depth {
            for offset in Swift.stride(from: 0, to: width, by: V.count) {
                let (w, u) = (source + (input * step + offset), space.weights + (input * panel + offset))
                WinogradTransforms.plane((3, 6), space.scratch, WinogradTransforms.weights) {
                    row, column -> V in
                    V(at: w + (3 &* row &+ column) &* tap)
                } write: { row, column, value in
                    value.store(at: u + (6 &* row &+ column) &* slab &* panel)
                }
            }
        }
    }

    /// The weights with inputs and outputs exchanged and the taps in reverse: [9, slab, panel].
    @inline(__always) private func turn(
        _ weights: UnsafePointer<Scalar>, _ first: Int, _ depth: Int, _ column: Int, _ width: Int,
        into turned: UnsafeMutablePointer<Scalar>
    ) {
        for tap in 0..<9 {
            let target = turned + (8 - tap) * slab * panel
            for output in 0..<width {
                let source = weights + ((tap * to + column + output) * from + first)
                for input in 0..<depth { target[input &* panel &+ output] = source[input] }
            }
        }
    }

    /// Aᵀ m A, written to the points of each tile that exist.
    @inline(__always) private func finish(
        _ range: Range<Int>, _ space: Space, _ offset: Int, _ channel: Int, _ width: Int,
        _ bias: UnsafePointer<Scalar>?, _ y: GradientPlace<Scalar>
    ) {
        let shift = bias.map { V(at: $0 + channel) } ?? V(0)
        for (index, tile) in range.enumerated() {
            let (origin, m) = (tiles.origin(tile), space.products + (index * panel + offset))
            WinogradTransforms.plane((6, 4), space.scratch, WinogradTransforms.output) { row, column -> V in
                V(at: m + (6 &* row &+ column) &* range.count &* panel)
            } write: { row, column, value in
                guard let at = tiles.row(origin, row, column) else { return }
                Products.put(value + shift, y.base + (at &* to &+ channel), width, y.accumulates)
            }
        }
    }
}
