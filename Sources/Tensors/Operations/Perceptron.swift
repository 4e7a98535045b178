import Numerics

/// Two linear layers with an activation between them, y = σ(x W₁ + b₁) W₂ + b₂, in tiles of rows.
///
/// The hidden values of a tile never leave the cache: the backward pass computes them again, which is cheaper than
/// writing and reading them, and spares the memory of the widest tensor of a network. W₁ is [inputs, hidden], W₂
/// [hidden, outputs].
struct Perceptron<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let activation: Activation
    let (from, hidden, to): (Int, Int, Int)
    let rows: Int

    init(
        x: Value, first: (weights: Value, bias: Value), second: (weights: Value, bias: Value),
        _ kind: Activation
    ) {
        inputs = [x, first.weights, first.bias, second.weights, second.bias]
        activation = kind
        (from, hidden, to) = (x.shape.channels, first.weights.shape[1], second.weights.shape[1])
        rows = x.shape.rows
        outputShape = x.shape.with(channels: to)
    }

    var inputsReadBackward: [Int] { [0, 1, 2, 3] }

    /// Rows of a tile: 32 KiB of hidden values.
    private var tile: Int { max(8, 8192 / hidden / 8 * 8) }
    private var weightsCount: Int { (from + 1) * hidden + (hidden + 1) * to + 64 }
    private var spaceCount: Int { 3 * (tile * hidden + 32) + weightsCount }

    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers) + (from + to) * hidden + 64
    }

    /// Tiles of a worker's share, each with its first row and its number of rows.
    @inline(__always) private func tiles(
        _ spaces: WorkerSpaces<Scalar>, _ body: (Int, Int, UnsafeMutablePointer<Scalar>) -> Void
    ) {
        spaces.share((rows + tile - 1) / tile) { items, space in
            for item in items { body(item * tile, min(tile, rows - item * tile), space) }
        }
    }

    /// The hidden values of a tile, and their slopes where wanted.
    @inline(__always) private func computeHidden(
        _ frame: Frame<Scalar>, _ start: Int, _ count: Int, _ values: UnsafeMutablePointer<Scalar>,
        slope: UnsafeMutablePointer<Scalar>?
    ) {
        Products.multiply(
            rows: count, columns: hidden, depth: from,
            Products.Strided(frame.inputs[0] + start * from, row: from), frame.inputs[1], bRow: hidden,
            values,
            cRow: hidden, accumulates: false)
        RowKernels.activate(
            values, rows: count, channels: hidden, bias: frame.inputs[2], activation, slope: slope)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        tiles(WorkerSpaces(frame.workers, frame.workspace, spaceCount)) { start, count, space in
            computeHidden(frame, start, count, space, slope: nil)
            let y = frame.output + start * to
            if to == 1 {
                dot(space, frame.inputs[3], y, count)
            } else {
                Products.multiply(
                    rows: count, columns: to, depth: hidden, Products.Strided(space, row: hidden),
                    frame.inputs[3],
                    bRow: to, y, cRow: to, accumulates: false)
            }
            RowKernels.activate(y, rows: count, channels: to, bias: frame.inputs[4], .none, slope: nil)
        }
    }

    /// One output: rows times a vector.
    @inline(__always) private func dot(
        _ x: UnsafePointer<Scalar>, _ weights: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        typealias V = Scalar.Vector
        let whole = hidden / V.count * V.count
        for row in stride(from: 0, to: count, by: 4) {
            // Four rows together, because each addition waits for the one before; past the end the last row repeats.
            let (x0, x1) = (x + row &* hidden, x + min(row &+ 1, count &- 1) &* hidden)
            let (x2, x3) = (x + min(row &+ 2, count &- 1) &* hidden, x + min(row &+ 3, count &- 1) &* hidden)
            var (s0, s1, s2, s3) = (V(0), V(0), V(0), V(0))
            for k in stride(from: 0, to: whole, by: V.count) {
                let w = V(at: weights + k)
                s0 = s0.adding(V(at: x0 + k), times: w)
                s1 = s1.adding(V(at: x1 + k), times: w)
                s2 = s2.adding(V(at: x2 + k), times: w)
                s3 = s3.adding(V(at: x3 + k), times: w)
            }
            var (t0, t1, t2, t3) = (s0.total, s1.total, s2.total, s3.total)
            for k in whole..<hidden {
                t0 += x0[k] * weights[k]
                t1 += x1[k] * weights[k]
                t2 += x2[k] * weights[k]
                t3 += x3[k] * weights[k]
            }
            y[row] = t0
            if row &+ 1 < count { y[row &+ 1] = t1 }
            if row &+ 2 < count { y[row &+ 2] = t2 }
            if row &+ 3 < count { y[row &+ 3] = t3 }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        let back1 =
            frame.backwardWorkspace + WorkerSpaces<Scalar>.total(spaceCount, workers: frame.workers.count)
        let back2 = back1 + from * hidden + 16
        RowKernels.transpose(frame.inputs[1], rows: from, columns: hidden, into: back1)
        RowKernels.transpose(frame.inputs[3], rows: hidden, columns: to, into: back2)
        let part = tile * hidden + 32
        for worker in 0..<frame.workers.count {
            (spaces.space(worker) + 3 * part).update(repeating: 0, count: weightsCount)
        }
        tiles(spaces) { start, count, space in
            let (values, slope, du, sums) = (space, space + part, space + 2 * part, space + 3 * part)
            let dy = frame.outputGradient + start * to
            computeHidden(frame, start, count, values, slope: slope)
            addSecond(values, dy, count, sums + (from + 1) * hidden)
            Products.multiply(
                rows: count, columns: hidden, depth: to, Products.Strided(dy, row: to), back2, bRow: hidden,
                du,
                cRow: hidden, accumulates: false)
            Elementwise.map(0..<(count * hidden), into: du) {
                Scalar.Vector(at: du + $0) * Scalar.Vector(at: slope + $0)
            }
            addFirst(frame, du, start, count, sums, back1)
        }
        reduce(frame, spaces, part)
    }

    /// The gradients of W₂ and b₂.
    @inline(__always) private func addSecond(
        _ values: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, _ count: Int,
        _ sums: UnsafeMutablePointer<Scalar>
    ) {
        if to == 1 {
            // A column: the hidden values lie along the vectors instead.
            Products.multiply(
                rows: 1, columns: hidden, depth: count, Products.Strided(dy, row: 0), values, bRow: hidden,
                sums,
                cRow: hidden, accumulates: true)
        } else {
            Products.multiply(
                rows: hidden, columns: to, depth: count, Products.Strided(values, row: 1, column: hidden), dy,
                bRow: to, sums, cRow: to, accumulates: true)
        }
        RowKernels.addRows(dy, rows: count, channels: to, to: sums + hidden * to)
    }

    /// The gradients of W₁, b₁ and x.
    @inline(__always) private func addFirst(
        _ frame: Frame<Scalar>, _ du: UnsafePointer<Scalar>, _ start: Int, _ count: Int,
        _ sums: UnsafeMutablePointer<Scalar>, _ transposed: UnsafePointer<Scalar>
    ) {
        let x = frame.inputs[0] + start * from
        Products.multiply(
            rows: from, columns: hidden, depth: count, Products.Strided(x, row: 1, column: from), du,
            bRow: hidden,
            sums, cRow: hidden, accumulates: true)
        RowKernels.addRows(du, rows: count, channels: hidden, to: sums + from * hidden)
        guard let gradient = frame.gradients[0] else { return }
        Products.multiply(
            rows: count, columns: from, depth: hidden, Products.Strided(du, row: hidden), transposed,
            bRow: from,
            gradient.base + start * from, cRow: from, accumulates: gradient.accumulates)
    }

    @inline(__always) private func reduce(_ frame: Frame<Scalar>, _ spaces: WorkerSpaces<Scalar>, _ part: Int)
    {
        let counts = [from * hidden, hidden, hidden * to, to]
        var offset = 3 * part
        for (index, count) in counts.enumerated() {
            let at = offset
            RowKernels.reduce(frame.workers.count, count: count, into: frame.gradients[index + 1]) {
                UnsafePointer(spaces.space($0) + at)
            }
            offset += count
        }
    }
}
