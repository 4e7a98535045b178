import Numerics

/// The mean of every channel over the points of a sample: [batch, …, channels] → [batch, channels].
struct SpatialMean<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape

    init(_ x: Value) {
        inputs = [x]
        outputShape = Shape(x.shape.batch, x.shape.channels)
    }

    private var points: Int { inputs[0].shape.rows / outputShape.batch }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (channels, scale) = (outputShape.channels, 1 / Scalar(double: Double(points)))
        frame.output.update(repeating: 0, count: outputShape.count)
        for sample in 0..<outputShape.batch {
            let mean = frame.output + sample * channels
            RowKernels.addRows(
                frame.inputs[0] + sample * points * channels, rows: points, channels: channels, to: mean)
            for channel in 0..<channels { mean[channel] *= scale }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let (channels, scale) = (outputShape.channels, 1 / Scalar(double: Double(points)))
        for row in 0..<inputs[0].shape.rows {
            let arrived = frame.outputGradient + row / points * channels
            for channel in 0..<channels {
                let value = arrived[channel] * scale
                let at = row * channels + channel
                gradient.base[at] = gradient.accumulates ? gradient.base[at] + value : value
            }
        }
    }
}
