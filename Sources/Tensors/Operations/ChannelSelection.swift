import Numerics

/// Some of the channels of a field, in the order that is asked for.
struct ChannelSelection<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let channels: [Int]

    init(_ x: Value, channels: [Int]) {
        inputs = [x]
        self.channels = channels
        outputShape = x.shape.with(channels: channels.count)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (from, to) = (inputs[0].shape.channels, channels.count)
        for row in 0..<outputShape.rows {
            for index in 0..<to {
                frame.output[row * to + index] = frame.inputs[0][row * from + channels[index]]
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let (from, to) = (inputs[0].shape.channels, channels.count)
        if !gradient.accumulates { gradient.base.update(repeating: 0, count: inputs[0].shape.count) }
        for row in 0..<outputShape.rows {
            for index in 0..<to {
                gradient.base[row * from + channels[index]] += frame.outputGradient[row * to + index]
            }
        }
    }
}
