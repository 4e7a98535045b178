import Operators
import Tensors

/// A network that goes on from its own predictions, on normalised fields, channels last.
struct Rollout {
    let network: OperatorNetwork<Float>
    let layout: FieldLayout

    /// The input of the next step: the conditions stay, the prediction becomes the state, 0 where the mask is 0.
    ///
    /// - Parameter weights: One a point, or empty.
    func advance(_ input: inout [Float], count: Int, weights: [Float]) throws {
        let shape = Shape([count] + layout.cellShape + [layout.givenChannels.count])
        let (given, states) = (layout.givenChannels.count, layout.outputChannels.count)
        let state = try input.withUnsafeBufferPointer { try network.predict($0, shape: shape) }
        for point in 0..<(input.count / given) {
            let isKept = weights.isEmpty || weights[point] > 0
            for channel in 0..<states {
                input[point * given + given - states + channel] = isKept ? state[point * states + channel] : 0
            }
        }
    }

    /// The error of the states that follow from a sample's first one by the network alone: the mean over times and channels
    /// of ‖p − t‖₂/‖t‖₂ in physical units over the points that count.
    func error(_ sample: Int, _ source: BatchSource, times: Int) throws -> Double {
        var input: [Float] = []
        var sum = 0.0
        for time in 0..<(times - 1) {
            let batch = try source.batch([TrainingItem(sample: sample, time: time)])
            if time == 0 { input = batch.input }
            try advance(&input, count: 1, weights: source.weights.isMasked ? batch.weights : [])
            sum += error(input, batch, source.outputs)
        }
        return sum / Double(max(1, times - 1))
    }

    private func error(_ input: [Float], _ batch: Batch, _ normaliser: ChannelNormaliser) -> Double {
        let (given, states) = (layout.givenChannels.count, layout.outputChannels.count)
        let state = (0..<(input.count / given)).flatMap { point in
            input[(point * given + given - states)..<((point + 1) * given)]
        }
        return (0..<states).reduce(0) { sum, channel in
            sum
                + RelativeError.value(
                    state, batch.targets[0], batch.weights, channel: channel, of: states,
                    points: 0..<(state.count / states), normaliser) / Double(states)
        }
    }
}
