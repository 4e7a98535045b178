import Numerics

/// Normalisation to mean 0 and variance 1, then scale and offset for every channel, and an activation:
/// y = σ(γ (x − μ)/√(v + ε) + β).
///
/// Over the channels of each point (Ba, Kiros & Hinton 2016, arXiv:1607.06450), or over the points of a sample and the
/// channels of a group (Wu & He 2018, arXiv:1803.08494).
struct Normalisation<Scalar: Real>: Operation {
    typealias V = Scalar.Vector
    let inputs: [Value]
    var outputShape: Shape { inputs[0].shape }
    /// Points that are normalised together.
    let rows: Int
    let channels: Int
    /// Groups of channels; 1 where points are normalised alone.
    let groups: Int
    let epsilon: Double
    /// What follows; of groups only.
    let activation: Activation
    let isByPoint: Bool

    /// - Parameter groups: Groups of channels that are normalised over a sample; nil normalises every point alone, then
    ///   without an activation.
    init(
        _ x: Value, scale: Value, offset: Value, groups: Int?, activation: Activation = .none,
        epsilon: Double = 1e-5
    ) {
        inputs = [x, scale, offset]
        channels = x.shape.channels
        rows = groups == nil ? 1 : x.shape.rows / x.shape.batch
        isByPoint = groups == nil
        self.groups = groups ?? 1
        self.activation = activation
        self.epsilon = epsilon
    }

    var inputsReadBackward: [Int] { activation == .none ? [0, 1] : [0, 1, 2] }
    /// Channels of a group.
    var width: Int { channels / groups }
    /// Values that share a mean.
    var size: Scalar { Scalar(double: Double(rows * width)) }
    var blocks: Int { inputs[0].shape.rows / rows * groups }
    /// Mean and reciprocal deviation of every block.
    var savedCount: Int { 2 * blocks }
    /// A row of channels, rounded up to vectors.
    var row: Int { (channels + 31) / 16 * 16 }
    private var spaceCount: Int { 8 * row }
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers) + 2 * blocks + 32
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.workspace, spaceCount)
        let spare = frame.workspace + WorkerSpaces<Scalar>.total(spaceCount, workers: frame.workers.count)
        let moments = frame.isDifferentiating ? frame.saved : spare
        if isByPoint {
            spaces.share(blocks) { points, _ in
                for point in points { forward(frame, point: point, moments) }
            }
        } else {
            spaces.share(slices) { items, space in
                for item in items { forward(frame, Slice(self, item), moments, space) }
            }
        }
    }

    /// With x̂ the normalised x and g = γ dy: dx = (g − mean(g) − x̂ mean(g x̂))/√(v + ε), dγ = Σ dy x̂, dβ = Σ dy.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        for worker in 0..<frame.workers.count { spaces.space(worker).update(repeating: 0, count: 2 * row) }
        if isByPoint {
            spaces.share(blocks) { points, sums in
                for point in points { backward(frame, point: point, sums) }
            }
        } else {
            spaces.share(slices) { items, space in
                for item in items { backward(frame, Slice(self, item), sums: space, space + 2 * row) }
            }
        }
        RowKernels.reduce(frame.workers.count, count: channels, into: frame.gradients[1]) {
            UnsafePointer(spaces.space($0))
        }
        RowKernels.reduce(frame.workers.count, count: channels, into: frame.gradients[2]) {
            UnsafePointer(spaces.space($0) + row)
        }
    }
}
