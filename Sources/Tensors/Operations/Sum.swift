import Numerics

/// a + b of equal shapes.
struct Sum<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape

    init(_ a: Value, _ b: Value) {
        inputs = [a, b]
        outputShape = a.shape
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (a, b) = (frame.inputs[0], frame.inputs[1])
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count) { items, _ in
            Elementwise.map(items, into: frame.output) {
                Scalar.Vector(at: a + $0) + Scalar.Vector(at: b + $0)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        for gradient in frame.gradients.compactMap({ $0 }) {
            WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count) { items, _ in
                Elementwise.map(items, into: gradient.base, accumulates: gradient.accumulates) {
                    Scalar.Vector(at: frame.outputGradient + $0)
                }
            }
        }
    }
}
