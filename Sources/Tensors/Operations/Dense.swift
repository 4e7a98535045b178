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

    /// Matrices beyond the first cache are packed for the product.
    private var isLarge: Bool { from * to >= 16_384 }
    /// Rows that stay in the first cache.
    private var block: Int { max(8, 4096 / max(from, to) / 8 * 8) }
    private var spaceCount: Int { isLarge ? 0 : (from + 1) * to }

    func workspaceCount(workers: Int) -> Int {
        if isReduced { return reducedWorkspaceCount(workers: workers) }
        let sums = WorkerSpaces<Scalar>.total(spaceCount + to, workers: workers)
        return isLarge ? max(sums, panelCount) : sums + from * to + to + 64
    }

    /// Values of the largest packed factor.
    private var panelCount: Int {
        let backward = (
            PackedPanels.values(Scalar.self, depth: rows, columns: to),
            PackedPanels.values(Scalar.self, depth: to, columns: from)
        )
        return max(PackedPanels.values(Scalar.self, depth: from, columns: to), backward.0, backward.1) + 32
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        if isReduced { return forwardReduced(frame) }
        let spaces = WorkerSpaces(frame.workers, frame.workspace, 0)
        let bias = inputs.count > 2 ? UnsafePointer(frame.inputs[2]) : nil
        let blocks = (rows + block - 1) / block
        if isLarge {
            spaces.share(PackedPanels.count(Scalar.self, columns: to)) { panels, _ in
                PackedPanels.pack(
                    panels, of: frame.inputs[1], depth: from, columns: to, into: frame.workspace)
            }
        }
        spaces.share(blocks) { items, _ in
            let (first, last) = (items.lowerBound * block, min(rows, items.upperBound * block))
            if isLarge {
                PackedPanels.multiply(
                    rows: last - first, columns: to, depth: from,
                    Products.Strided(frame.inputs[0] + first * from, row: from), frame.workspace,
                    frame.output + first * to, cRow: to, accumulates: false)
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
        let panels = frame.backwardWorkspace
        if let gradient = frame.gradients[0] {
            spaces.share(PackedPanels.count(Scalar.self, columns: from)) { items, _ in
                PackedPanels.pack(
                    items, ofTransposed: frame.inputs[1], depth: to, columns: from, into: panels)
            }
            spaces.share((rows + 7) / 8) { items, _ in
                let (first, last) = (8 * items.lowerBound, min(rows, 8 * items.upperBound))
                PackedPanels.multiply(
                    rows: last - first, columns: from, depth: to, Products.Strided(du + first * to, row: to),
                    panels, gradient.base + first * from, cRow: from, accumulates: gradient.accumulates)
            }
        }
        if let gradient = frame.gradients[1] {
            spaces.share(PackedPanels.count(Scalar.self, columns: to)) { items, _ in
                PackedPanels.pack(items, of: du, depth: rows, columns: to, into: panels)
            }
            spaces.share((from + 7) / 8) { items, _ in
                let (first, last) = (8 * items.lowerBound, min(from, 8 * items.upperBound))
                PackedPanels.multiply(
                    rows: last - first, columns: to, depth: rows,
                    Products.Strided(frame.inputs[0] + first, row: 1, column: from), panels,
                    gradient.base + first * to, cRow: to, accumulates: gradient.accumulates)
            }
        }
        guard inputs.count > 2 else { return }
        RowKernels.addRows(
            du, rows: rows, channels: to, into: frame.gradients[2], frame.workers, frame.backwardWorkspace)
    }
}
