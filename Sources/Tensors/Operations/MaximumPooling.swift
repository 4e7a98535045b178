import Numerics

/// The largest value of every block of 2 points an axis; extents are even.
struct MaximumPooling<Scalar: Real>: Operation {
    private typealias V = Scalar.Vector
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

    private var points: Int { outputShape.rows / outputShape.batch }
    private var channels: Int { outputShape.channels }

    /// Where a member of the block of a point lies, the points of all samples counted through.
    @inline(__always) private func place(_ row: Int, _ member: Int) -> Int {
        let (sample, point) = row.quotientAndRemainder(dividingBy: points)
        return (sample &* points &* members &+ Int(blocks[point &* members &+ member])) &* channels
    }

    @inline(__always) private func largest(_ x: UnsafePointer<Scalar>, _ row: Int, _ channel: Int) -> V {
        var best = V(at: x + place(row, 0) + channel)
        for member in 1..<members { best = V.larger(best, V(at: x + place(row, member) + channel)) }
        return best
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            for row in rows {
                Elementwise.map(0..<channels, into: frame.output + row * channels) {
                    largest(frame.inputs[0], row, $0)
                }
            }
        }
    }

    /// The first of equal values has the gradient.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let x = frame.inputs[0]
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            for row in rows {
                for channel in stride(from: 0, to: channels, by: V.count) {
                    let best = largest(x, row, channel)
                    var rest = V(at: frame.outputGradient + (row * channels + channel))
                    for member in 0..<members {
                        let at = place(row, member) + channel
                        let isSmaller = V.less(V(at: x + at), best)
                        Products.put(
                            V.choose(isSmaller, V(0), rest), gradient.base + at,
                            min(V.count, channels - channel),
                            gradient.accumulates)
                        rest = V.choose(isSmaller, rest, V(0))
                    }
                }
            }
        }
    }
}
