import Numerics

/// x plus the same values for every sample: y[b, …] = x[b, …] + p[…], such as an embedding of positions.
struct BroadcastSum<Scalar: Real>: Operation {
    let inputs: [Value]
    var outputShape: Shape { inputs[0].shape }

    init(_ x: Value, _ pattern: Value) { inputs = [x, pattern] }

    private var size: Int { inputs[1].shape.count }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (x, pattern, size) = (frame.inputs[0], frame.inputs[1], size)
        for sample in 0..<(outputShape.count / size) {
            let start = sample * size
            Elementwise.map(0..<size, into: frame.output + start) {
                Scalar.Vector(at: x + (start + $0)) + Scalar.Vector(at: pattern + $0)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let size = size
        for sample in 0..<(outputShape.count / size) {
            let arrived = frame.outputGradient + sample * size
            if let gradient = frame.gradients[0] {
                Elementwise.map(
                    0..<size, into: gradient.base + sample * size, accumulates: gradient.accumulates
                ) { Scalar.Vector(at: arrived + $0) }
            }
            if let gradient = frame.gradients[1] {
                Elementwise.map(
                    0..<size, into: gradient.base, accumulates: gradient.accumulates || sample > 0
                ) {
                    Scalar.Vector(at: arrived + $0)
                }
            }
        }
    }
}
