import Numerics

/// The channels of several fields, one after the other.
struct Concatenation<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape

    init(_ fields: [Value]) {
        inputs = fields
        outputShape = fields[0].shape.with(channels: fields.reduce(0) { $0 + $1.shape.channels })
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let to = outputShape.channels
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            var start = 0
            for (input, source) in zip(inputs, frame.inputs) {
                let from = input.shape.channels
                for row in rows {
                    (frame.output + (row * to + start)).update(from: source + row * from, count: from)
                }
                start += from
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let to = outputShape.channels
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            var start = 0
            for (input, gradient) in zip(inputs, frame.gradients) {
                let from = input.shape.channels
                if let gradient {
                    for row in rows {
                        let arrived = frame.outputGradient + (row * to + start)
                        Elementwise.map(
                            0..<from, into: gradient.base + row * from, accumulates: gradient.accumulates
                        ) { Scalar.Vector(at: arrived + $0) }
                    }
                }
                start += from
            }
        }
    }
}
