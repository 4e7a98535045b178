import Numerics

/// Normalisation to mean 0 and variance 1, then scale and offset for every channel:
/// y = γ (x − μ)/√(σ² + ε) + β.
///
/// Over the channels of each point (Ba, Kiros & Hinton 2016, arXiv:1607.06450), or over the points of a sample and the
/// channels of a group (Wu & He 2018, arXiv:1803.08494).
struct Normalisation<Scalar: Real>: Operation {
    let inputs: [Value]
    var outputShape: Shape { inputs[0].shape }
    let rows: Int
    let channels: Int
    let groups: Int
    let epsilon: Double

    /// - Parameter groups: Groups of channels that are normalised over a sample; nil normalises every point alone.
    init(_ x: Value, scale: Value, offset: Value, groups: Int?, epsilon: Double = 1e-5) {
        inputs = [x, scale, offset]
        channels = x.shape.channels
        rows = groups == nil ? 1 : x.shape.rows / x.shape.batch
        self.groups = groups ?? 1
        self.epsilon = epsilon
    }

    var inputsReadBackward: [Int] { [0, 1] }
    private var size: Int { rows * channels / groups }
    private var blocks: Int { inputs[0].shape.rows / rows * groups }
    var width: Int { channels / groups }
    /// Mean and reciprocal deviation of every block.
    var savedCount: Int { 2 * blocks }
    private var spaceCount: Int { 2 * channels + 32 }
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers) + 2 * blocks + 32
    }

    /// Calls the body with the first value of each row of a block.
    @inline(__always) private func forRows(_ block: Int, _ body: (Int) -> Void) {
        let start = block / groups * rows * channels + block % groups * width
        for row in 0..<rows { body(start + row * channels) }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (x, scale, offset) = (frame.inputs[0], frame.inputs[1], frame.inputs[2])
        let moments = frame.isDifferentiating ? frame.saved : frame.workspace
        WorkerSpaces(frame.workers, frame.workspace, 0).share(blocks) { items, _ in
            for block in items {
                let (mean, inverse) = self.moments(x, block)
                (moments[2 * block], moments[2 * block + 1]) = (mean, inverse)
                let channel = block % groups * width
                forRows(block) { at in
                    Elementwise.map(0..<width, into: frame.output + at) {
                        let value = (V(at: x + (at + $0)) - V(mean)) * V(inverse)
                        return V(at: offset + (channel + $0)).adding(
                            value, times: V(at: scale + (channel + $0)))
                    }
                }
            }
        }
    }

    private typealias V = Scalar.Vector

    /// The mean, then the deviation from it, so that no digits cancel.
    @inline(__always) private func moments(_ x: UnsafePointer<Scalar>, _ block: Int) -> (Scalar, Scalar) {
        var mean = Scalar(0)
        forRows(block) { mean += sum($0) { x[$0] } }
        mean /= Scalar(double: Double(size))
        var variance = Scalar(0)
        forRows(block) {
            variance += sum($0) {
                let difference = x[$0] - mean
                return difference * difference
            }
        }
        variance /= Scalar(double: Double(size))
        return (mean, 1 / (variance + Scalar(double: epsilon)).squareRoot())
    }

    /// The sum over one row of a block, in four interleaved parts.
    @inline(__always) private func sum(_ start: Int, _ value: (Int) -> Scalar) -> Scalar {
        var (a, b, c, d) = (Scalar(0), Scalar(0), Scalar(0), Scalar(0))
        var i = 0
        while i &+ 4 <= width {
            a += value(start &+ i)
            b += value(start &+ i &+ 1)
            c += value(start &+ i &+ 2)
            d += value(start &+ i &+ 3)
            i &+= 4
        }
        while i < width {
            a += value(start &+ i)
            i &+= 1
        }
        return (a + b) + (c + d)
    }

    /// With x̂ the normalised x and g = γ dy: dx = (g − mean(g) − x̂ mean(g x̂))/√(σ² + ε), dγ = Σ dy x̂, dβ = Σ dy.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let (x, scale, dy) = (frame.inputs[0], frame.inputs[1], frame.outputGradient)
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        for worker in 0..<frame.workers.count { spaces.space(worker).update(repeating: 0, count: spaceCount) }
        spaces.share(blocks) { items, sums in
            for block in items {
                let (mean, inverse) = (frame.saved[2 * block], frame.saved[2 * block + 1])
                let channel = block % groups * width
                var (first, second) = (Scalar(0), Scalar(0))
                forRows(block) { at in
                    for i in 0..<width {
                        let (g, hat) = (dy[at + i], (x[at + i] - mean) * inverse)
                        sums[channel + i] += g * hat
                        sums[channels + channel + i] += g
                    }
                    first += sum(at) { dy[$0] * scale[channel + $0 - at] }
                    second += sum(at) { dy[$0] * scale[channel + $0 - at] * ((x[$0] - mean) * inverse) }
                }
                guard let gradient = frame.gradients[0] else { continue }
                let (a, b) = (first / Scalar(double: Double(size)), second / Scalar(double: Double(size)))
                forRows(block) { at in
                    Elementwise.map(0..<width, into: gradient.base + at, accumulates: gradient.accumulates) {
                        let hat = (V(at: x + (at + $0)) - V(mean)) * V(inverse)
                        let g = V(at: dy + (at + $0)) * V(at: scale + (channel + $0))
                        return (g - V(a) - hat * V(b)) * V(inverse)
                    }
                }
            }
        }
        RowKernels.reduce(frame.workers.count, count: channels, into: frame.gradients[1]) {
            UnsafePointer(spaces.space($0))
        }
        RowKernels.reduce(frame.workers.count, count: channels, into: frame.gradients[2]) {
            UnsafePointer(spaces.space($0) + channels)
        }
    }
}
