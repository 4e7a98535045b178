import Numerics

/// Scaled dot-product attention of several heads: softmax(Q Kᵀ/√d + bias) V (Vaswani et al. 2017, arXiv:1706.03762).
///
/// The input holds queries, keys and values of `tokens` tokens, [groups, tokens, 3 × channels]; head h uses channels
/// h·d … (h + 1)·d of each third. The result is [groups, tokens, channels]. Tokens attend within their group: an image,
/// or a window of one.
struct Attention<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let heads: Int
    let tokens: Int
    let groups: Int
    let bias: AttentionBias?

    init(_ x: Value, heads: Int, bias: AttentionBias?, table: Value?) {
        inputs = [x] + [table].compactMap { $0 }
        (groups, tokens) = (x.shape[0], x.shape[1])
        self.heads = heads
        self.bias = bias
        outputShape = x.shape.with(channels: x.shape.channels / 3)
    }

    var channels: Int { outputShape.channels }
    var size: Int { channels / heads }
    private var scale: Scalar { 1 / Scalar(double: Double(size)).squareRoot() }
    /// The table of biases has a column for each head.
    private var tableCount: Int { inputs.count > 1 ? inputs[1].shape.count : 0 }

    var inputsReadBackward: [Int] { [0] }
    /// The weights of attention.
    var savedCount: Int { groups * heads * tokens * tokens }
    private var spaceCount: Int { 2 * (tokens * tokens + 32) + tokens * size + 32 + tableCount + 32 }
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let row = 3 * channels
        WorkerSpaces(frame.workers, frame.workspace, spaceCount).share(groups * heads) { items, space in
            for item in items {
                let (group, head) = (item / heads, item % heads)
                let queries = frame.inputs[0] + (group * tokens * row + head * size)
                let weights = frame.isDifferentiating ? frame.saved + item * tokens * tokens : space
                let turned = space + 2 * (tokens * tokens + 32)
                turn(queries + channels, row, into: turned)
                Products.multiply(
                    rows: tokens, columns: tokens, depth: size, Products.Strided(queries, row: row), turned,
                    bRow: tokens, weights, cRow: tokens, accumulates: false)
                for token in 0..<tokens {
                    softmax(weights + token * tokens, frame, group: group, head: head, token: token)
                }
                Products.multiply(
                    rows: tokens, columns: size, depth: tokens, Products.Strided(weights, row: tokens),
                    queries + 2 * channels, bRow: row,
                    frame.output + (group * tokens * channels + head * size),
                    cRow: channels, accumulates: false)
            }
        }
    }

    /// The transpose of a head's rows: [size, tokens].
    @inline(__always) private func turn(
        _ x: UnsafePointer<Scalar>, _ row: Int, into y: UnsafeMutablePointer<Scalar>
    ) {
        for token in 0..<tokens {
            for i in 0..<size { y[i &* tokens &+ token] = x[token &* row &+ i] }
        }
    }

    /// The sum over tokens.
    @inline(__always) private func sum(_ value: (Int) -> Scalar.Vector) -> Scalar {
        let whole = tokens / Scalar.Vector.count * Scalar.Vector.count
        var sum = Scalar.Vector(0)
        for i in stride(from: 0, to: whole, by: Scalar.Vector.count) { sum = sum + value(i) }
        return whole == tokens
            ? sum.total : sum.total + RowKernels.total(value(whole), first: tokens - whole)
    }

    /// Scales the scores of one token, adds their biases, and returns the largest.
    @inline(__always) private func scaled(
        _ scores: UnsafeMutablePointer<Scalar>, _ frame: Frame<Scalar>, group: Int, head: Int, token: Int
    ) -> Scalar {
        typealias V = Scalar.Vector
        var largest = -Scalar.greatestFiniteMagnitude
        if let bias {
            for other in 0..<tokens {
                var score = scores[other] * scale
                score += frame.inputs[1][Int(bias.rows[token * tokens + other]) * heads + head]
                if bias.separates(group, token, other) { score = -1e4 }
                scores[other] = score
                largest = max(largest, score)
            }
            return largest
        }
        Elementwise.map(0..<tokens, into: scores) { V(at: scores + $0) * V(scale) }
        let whole = tokens / V.count * V.count
        var vector = V(largest)
        for i in stride(from: 0, to: whole, by: V.count) { vector = V.larger(vector, V(at: scores + i)) }
        largest = vector.largest
        for other in whole..<tokens { largest = max(largest, scores[other]) }
        return largest
    }

    /// Scores of one token to weights that sum to 1.
    @inline(__always) private func softmax(
        _ scores: UnsafeMutablePointer<Scalar>, _ frame: Frame<Scalar>, group: Int, head: Int, token: Int
    ) {
        let largest = scaled(scores, frame, group: group, head: head, token: token)
        Elementwise.map(0..<tokens, into: scores) {
            Exponential.of(Scalar.Vector(at: scores + $0) - Scalar.Vector(largest))
        }
        let total = sum { Scalar.Vector(at: scores + $0) }
        let inverse = Scalar.Vector(1 / total)
        Elementwise.map(0..<tokens, into: scores) { Scalar.Vector(at: scores + $0) * inverse }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        let table = spaceCount - tableCount - 16
        for worker in 0..<frame.workers.count {
            (spaces.space(worker) + table).update(repeating: 0, count: tableCount)
        }
        spaces.share(groups * heads) { items, space in
            for item in items {
                backward(frame, group: item / heads, head: item % heads, space, sums: space + table)
            }
        }
        guard inputs.count > 1 else { return }
        RowKernels.reduce(frame.workers.count, count: tableCount, into: frame.gradients[1]) {
            UnsafePointer(spaces.space($0) + table)
        }
    }

    /// With weights P: dV = Pᵀ dO, dP = dO Vᵀ, dS = P ∘ (dP − rowsum(P ∘ dP)), dQ = dS K/√d, dK = dSᵀ Q/√d.
    @inline(__always) private func backward(
        _ frame: Frame<Scalar>, group: Int, head: Int, _ space: UnsafeMutablePointer<Scalar>,
        sums: UnsafeMutablePointer<Scalar>
    ) {
        guard let gradient = frame.gradients[0] else { return }
        let row = 3 * channels
        let start = group * tokens * row + head * size
        let (x, dx) = (frame.inputs[0] + start, gradient.base + start)
        let arrived = frame.outputGradient + (group * tokens * channels + head * size)
        let weights = frame.saved + (group * heads + head) * tokens * tokens
        let (scores, turned) = (space, space + 2 * (tokens * tokens + 32))
        Products.multiply(
            rows: tokens, columns: size, depth: tokens, Products.Strided(weights, row: 1, column: tokens),
            arrived,
            bRow: channels, dx + 2 * channels, cRow: row, accumulates: gradient.accumulates)
        turn(x + 2 * channels, row, into: turned)
        Products.multiply(
            rows: tokens, columns: tokens, depth: size, Products.Strided(arrived, row: channels), turned,
            bRow: tokens, scores, cRow: tokens, accumulates: false)
        for token in 0..<tokens {
            let (p, d) = (weights + token * tokens, scores + token * tokens)
            let total = Scalar.Vector(sum { Scalar.Vector(at: p + $0) * Scalar.Vector(at: d + $0) })
            Elementwise.map(0..<tokens, into: d) {
                Scalar.Vector(at: p + $0) * (Scalar.Vector(at: d + $0) - total)
            }
            if let bias {
                for other in 0..<tokens {
                    sums[Int(bias.rows[token * tokens + other]) * heads + head] += d[other]
                }
            }
            Elementwise.map(0..<tokens, into: d) { Scalar.Vector(at: d + $0) * Scalar.Vector(scale) }
        }
        Products.multiply(
            rows: tokens, columns: size, depth: tokens, Products.Strided(scores, row: tokens), x + channels,
            bRow: row, dx, cRow: row, accumulates: gradient.accumulates)
        Products.multiply(
            rows: tokens, columns: size, depth: tokens, Products.Strided(scores, row: 1, column: tokens), x,
            bRow: row, dx + channels, cRow: row, accumulates: gradient.accumulates)
    }
}

/// A learned bias for each pair of tokens by their offset, and which pairs do not see each other.
public struct AttentionBias: Sendable {
    /// For tokens i and j the row of the table at i·tokens + j.
    let rows: [Int32]
    /// For every group of a sample the region of each token; tokens of different regions are neighbours only because the
    /// field was shifted cyclically. Empty where all see each other.
    let regions: [[Int32]]

    @inline(__always) func separates(_ group: Int, _ a: Int, _ b: Int) -> Bool {
        guard !regions.isEmpty else { return false }
        let region = regions[group % regions.count]
        return region[a] != region[b]
    }

    /// The bias of windows of `window` points an axis, shifted by `shift` on a grid of `spatial` points
    /// (Liu et al. 2021, arXiv:2103.14030).
    public static func windows(spatial: [Int], window: [Int], shift: [Int]) -> AttentionBias {
        let points = RowOrder.tuples(window)
        let rows = points.flatMap { a in
            points.map { b in
                Int32(window.indices.reduce(0) { $0 * (2 * window[$1] - 1) + a[$1] - b[$1] + window[$1] - 1 })
            }
        }
        guard shift.contains(where: { $0 > 0 }) else { return AttentionBias(rows: rows, regions: []) }
        let blocks = RowOrder.tuples(zip(spatial, window).map { $0 / $1 })
        let regions = blocks.map { block in
            points.map { point in
                Int32(
                    spatial.indices.reduce(0) { sum, axis in
                        let at = block[axis] * window[axis] + point[axis]
                        let wraps = at + shift[axis] >= spatial[axis]
                        return 2 * sum + (wraps ? 1 : 0)
                    })
            }
        }
        return AttentionBias(rows: rows, regions: regions)
    }

    /// Rows of the table.
    public static func tableRows(window: [Int]) -> Int { window.reduce(1) { $0 * (2 * $1 - 1) } }
}
