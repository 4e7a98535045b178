import Numerics

/// A convolution with an odd kernel that keeps the extents, zeros outside: y = W ∗ x + b, in any number of dimensions.
///
/// W is [taps, inputs, outputs], the taps in the order of their offsets, the last axis fastest. Kernels of 3 × 3 points
/// between many channels go by way of ``WinogradConvolution``; for others blocks of points are unrolled into rows of
/// taps × inputs values, which then meet W in one product of matrices.
struct Convolution<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let from: Int
    let to: Int
    /// For every point of a sample and every tap the point that is read; −1 outside.
    let neighbours: [Int32]
    let taps: Int
    let points: Int
    /// The tiles of Winograd's algorithm, where it serves.
    let tiles: WinogradTiles?

    init(x: Value, weights: Value, bias: Value, kernel: Int) {
        inputs = [x, weights, bias]
        (from, to) = (x.shape.channels, bias.shape.channels)
        outputShape = x.shape.with(channels: to)
        let spatial = x.shape.spatial
        let offsets = RowOrder.tuples(spatial.map { _ in kernel })
        (taps, points) = (offsets.count, spatial.reduce(1, *))
        tiles = WinogradTiles(x.shape, outputs: to, kernel: kernel)
        neighbours =
            tiles != nil
            ? []
            : RowOrder.tuples(spatial).flatMap { point in
                offsets.map { offset in
                    var row = 0
                    for axis in spatial.indices {
                        let at = point[axis] + offset[axis] - kernel / 2
                        if at < 0 || at >= spatial[axis] { return -1 }
                        row = row * spatial[axis] + at
                    }
                    return Int32(row)
                }
            }
    }

    var inputsReadBackward: [Int] { [0, 1] }

    func workspaceCount(workers: Int) -> Int {
        guard let tiles else { return unrolledWorkspaceCount(workers: workers) }
        return max(
            forwardMap(tiles).workspaceCount(workers: workers),
            adjointMap(tiles).workspaceCount(workers: workers),
            weightsMap(tiles).workspaceCount(workers: workers),
            WorkerSpaces<Scalar>.total(to, workers: workers))
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        guard let tiles else { return forwardUnrolled(frame) }
        forwardMap(tiles).apply(
            frame.inputs[0], frame.inputs[1], bias: frame.inputs[2],
            into: GradientPlace(base: frame.output, accumulates: false), frame.workers, frame.workspace)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let tiles else { return backwardUnrolled(frame) }
        let (dy, space) = (frame.outputGradient, frame.backwardWorkspace)
        if let place = frame.gradients[1] {
            weightsMap(tiles).apply(frame.inputs[0], dy, into: place, frame.workers, space)
        }
        if let place = frame.gradients[0] {
            adjointMap(tiles).apply(dy, frame.inputs[1], bias: nil, into: place, frame.workers, space)
        }
        RowKernels.addRows(
            dy, rows: outputShape.rows, channels: to, into: frame.gradients[2], frame.workers, space)
    }

    private func forwardMap(_ tiles: WinogradTiles) -> WinogradConvolution<Scalar> {
        WinogradConvolution(tiles: tiles, from: from, to: to, isAdjoint: false)
    }
    private func adjointMap(_ tiles: WinogradTiles) -> WinogradConvolution<Scalar> {
        WinogradConvolution(tiles: tiles, from: to, to: from, isAdjoint: true)
    }
    private func weightsMap(_ tiles: WinogradTiles) -> WinogradWeightGradient<Scalar> {
        WinogradWeightGradient(tiles: tiles, from: from, to: to)
    }
}
