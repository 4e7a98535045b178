import Numerics

/// σ(x), value by value.
struct Activated<Scalar: Real>: Operation {
    let inputs: [Value]
    var outputShape: Shape { inputs[0].shape }
    let activation: Activation

    init(_ x: Value, _ activation: Activation) {
        inputs = [x]
        self.activation = activation
    }

    var savedCount: Int { outputShape.count }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count) { items, _ in
            let (start, count) = (items.lowerBound, items.count)
            (frame.output + start).update(from: frame.inputs[0] + start, count: count)
            RowKernels.activate(
                frame.output + start, rows: 1, channels: count, bias: nil, activation,
                slope: frame.isDifferentiating ? frame.saved + start : nil)
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count) { items, _ in
            Elementwise.map(items, into: gradient.base, accumulates: gradient.accumulates) {
                Scalar.Vector(at: frame.outputGradient + $0) * Scalar.Vector(at: frame.saved + $0)
            }
        }
    }
}
