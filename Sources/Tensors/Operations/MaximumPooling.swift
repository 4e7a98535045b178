import Numerics

/// The largest value of every block of 2 points an axis; extents are even.
struct MaximumPooling<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    /// For every point of the result the points of its block.
    private let blocks: [Int32]
    private let members: Int

    init(_ x: Value) {
        inputs = [x]
        let spatial = x.shape.spatial
        outputShape = Shape([x.shape.batch] + spatial.map { $0 / 2 } + [x.shape.channels])
        blocks = RowOrder.patches(spatial: spatial, patch: spatial.map { _ in 2 }).map(Int32.init)
        members = 1 << spatial.count
    }

    var inputsReadBackward: [Int] { [0] }

    /// The place of the largest value of a block, the first of equal ones.
    @inline(__always) private func largest(
        _ x: UnsafePointer<Scalar>, point: Int, channel: Int, channels: Int
    ) -> Int {
        var best = Int(blocks[point &* members]) &* channels &+ channel
        for member in 1..<members {
            let at = Int(blocks[point &* members &+ member]) &* channels &+ channel
            if x[at] > x[best] { best = at }
        }
        return best
    }

    @inline(__always) private func forSamples(_ frame: Frame<Scalar>, _ body: (Int, Int, Int) -> Void) {
        let (channels, points) = (outputShape.channels, outputShape.rows / outputShape.batch)
        let size = inputs[0].shape.count / outputShape.batch
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.batch) { samples, _ in
            for sample in samples {
                for point in 0..<points {
                    for channel in 0..<channels {
                        let best = largest(
                            frame.inputs[0] + sample * size, point: point, channel: channel,
                            channels: channels)
                        body(sample, sample * size + best, (sample * points + point) * channels + channel)
                    }
                }
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        forSamples(frame) { frame.output[$2] = frame.inputs[0][$1] }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        if !gradient.accumulates { gradient.base.update(repeating: 0, count: inputs[0].shape.count) }
        forSamples(frame) { gradient.base[$1] += frame.outputGradient[$2] }
    }
}
