import Numerics

/// A linear layer with an activation: y = σ(x W + b) on the last axis.
///
/// x is [rows, inputs], W [inputs, outputs], b [outputs]. Applied to fields it is the 1 × 1 convolution.
struct Dense<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let activation: Activation
    let from: Int
    let to: Int
    let rows: Int
    /// Whether factors are rounded to bfloat16.
    let isReduced: Bool

    /// - Parameters:
    ///   - bias: nil for a layer without.
    ///   - precision: Heeded by large matrices of single precision.
    init(
        x: Value, weights: Value, bias: Value?, activation: Activation, precision: Precision = .float32
    ) {
        isReduced = precision == .bfloat16 && Scalar.self == Float.self && weights.shape.count >= 16_384
        inputs = [x, weights] + [bias].compactMap { $0 }
        self.activation = activation
        (from, to) = (weights.shape[0], weights.shape[1])
        rows = x.shape.rows
        outputShape = x.shape.with(channels: to)
    }

    var inputsReadBackward: [Int] { isReduced ? [1] : [0, 1] }
    var savedCount: Int {
        if isReduced { return reducedSavedCount }
        return activation == .none ? 0 : outputShape.count
    }

    /// Matrices beyond the first cache are left to the general library.
    private var isLarge: Bool { from * to >= 16_384 }
    /// Rows that stay in the first cache.
    private var block: Int { max(8, 4096 / max(from, to) / 8 * 8) }
    private var spaceCount: Int { isLarge ? 0 : (from + 1) * to }

    func workspaceCount(workers: Int) -> Int {
        if isReduced { return reducedWorkspaceCount(workers: workers) }
        return WorkerSpaces<Scalar>.total(spaceCount + to, workers: workers) + from * to + to + 64
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        if isReduced { return forwardReduced(frame) }
        let spaces = WorkerSpaces(frame.workers, frame.workspace, 0)
        let bias = inputs.count > 2 ? UnsafePointer(frame.inputs[2]) : nil
        let blocks = (rows + block - 1) / block
        spaces.share(blocks) { items, _ in
            let (first, last) = (items.lowerBound * block, min(rows, items.upperBound * block))
            if isLarge {
                LargeProducts.multiply(
                    rows: last - first, columns: to, depth: from, frame.inputs[0] + first * from, aRow: from,
                    frame.inputs[1], bRow: to, frame.output + first * to, cRow: to, accumulates: false)
            }
            for start in stride(from: first, to: last, by: block) {
                let (count, y) = (min(block, last - start), frame.output + start * to)
                if !isLarge {
                    Products.multiply(
                        rows: count, columns: to, depth: from,
                        Products.Strided(frame.inputs[0] + start * from, row: from), frame.inputs[1],
                        bRow: to, y,
                        cRow: to, accumulates: false)
                }
                RowKernels.activate(
                    y, rows: count, channels: to, bias: bias, activation,
                    slope: frame.isDifferentiating ? frame.saved + start * to : nil)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        if isReduced { return backwardReduced(frame) }
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        let transposed =
            frame.backwardWorkspace + WorkerSpaces<Scalar>.total(spaceCount, workers: frame.workers.count)
        if activation != .none {
            spaces.share(rows) { items, _ in
                Elementwise.map((items.lowerBound * to)..<(items.upperBound * to), into: frame.outputGradient)
                {
                    Scalar.Vector(at: frame.outputGradient + $0) * Scalar.Vector(at: frame.saved + $0)
                }
            }
        }
        if isLarge { return backwardLarge(frame, spaces) }
        RowKernels.transpose(frame.inputs[1], rows: from, columns: to, into: transposed)
        backwardSmall(frame, spaces, transposed)
    }

    @inline(__always) private func backwardSmall(
        _ frame: Frame<Scalar>, _ spaces: WorkerSpaces<Scalar>, _ transposed: UnsafeMutablePointer<Scalar>
    ) {
        let blocks = (rows + block - 1) / block
        for worker in 0..<frame.workers.count { spaces.space(worker).update(repeating: 0, count: spaceCount) }
        spaces.share(blocks) { items, sums in
            for item in items {
                let (start, count) = (item * block, min(block, rows - item * block))
                let (x, du) = (frame.inputs[0] + start * from, frame.outputGradient + start * to)
                Products.multiply(
                    rows: from, columns: to, depth: count, Products.Strided(x, row: 1, column: from), du,
                    bRow: to,
                    sums, cRow: to, accumulates: true)
                if inputs.count > 2 {
                    RowKernels.addRows(du, rows: count, channels: to, to: sums + from * to)
                }
                guard let gradient = frame.gradients[0] else { continue }
                Products.multiply(
                    rows: count, columns: from, depth: to, Products.Strided(du, row: to), transposed,
                    bRow: from,
                    gradient.base + start * from, cRow: from, accumulates: gradient.accumulates)
            }
        }
        let parts = frame.workers.count
        RowKernels.reduce(parts, count: from * to, into: frame.gradients[1]) {
            UnsafePointer(spaces.space($0))
        }
        if inputs.count > 2 {
            RowKernels.reduce(parts, count: to, into: frame.gradients[2]) {
                UnsafePointer(spaces.space($0) + from * to)
            }
        }
    }

    /// Each worker owns rows of the gradient of x, and rows of the gradient of W.
    @inline(__always) private func backwardLarge(
        _ frame: Frame<Scalar>, _ spaces: WorkerSpaces<Scalar>
    ) {
        let du = frame.outputGradient
        if let gradient = frame.gradients[0] {
            spaces.share(rows) { items, _ in
                LargeProducts.multiply(
                    rows: items.count, columns: from, depth: to, du + items.lowerBound * to, aRow: to,
                    frame.inputs[1], bRow: to, transposesB: true, gradient.base + items.lowerBound * from,
                    cRow: from, accumulates: gradient.accumulates)
            }
        }
        if let gradient = frame.gradients[1] {
            spaces.share(from) { items, _ in
                LargeProducts.multiply(
                    rows: items.count, columns: to, depth: rows, frame.inputs[0] + items.lowerBound,
                    aRow: from,
                    transposesA: true, du, bRow: to, gradient.base + items.lowerBound * to, cRow: to,
                    accumulates: gradient.accumulates)
            }
        }
        guard inputs.count > 2 else { return }
        RowKernels.addRows(
            du, rows: rows, channels: to, into: frame.gradients[2], frame.workers, frame.backwardWorkspace)
    }
}
