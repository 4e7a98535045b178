import Archive
import Operators
import Tensors

/// Loss and error over a split, collected batch by batch.
struct Evaluation {
    private var lossSum = 0.0
    private var errorSum = 0.0
    private var count = 0

    /// The mean loss over the samples.
    var loss: Double { lossSum / Double(max(1, count)) }
    /// The mean relative error over samples and channels, in physical units.
    var error: Double { errorSum / Double(max(1, count)) }

    /// Takes in a batch whose forward pass is done.
    mutating func add(
        _ program: TrainingProgram<Float>, _ batch: Batch, _ normaliser: ChannelNormaliser, channels: Int
    ) {
        lossSum += program.loss * Double(batch.count)
        count += batch.count
        let points = batch.target.count / (batch.count * channels)
        for sample in 0..<batch.count {
            for channel in 0..<channels {
                errorSum +=
                    Self.relativeError(
                        program.prediction, batch, sample, channel, channels, points, normaliser)
                    / Double(channels)
            }
        }
    }

    /// ‖p − t‖₂/‖t‖₂ of one channel of one sample over the points that count.
    private static func relativeError(
        _ prediction: UnsafeMutableBufferPointer<Float>, _ batch: Batch, _ sample: Int, _ channel: Int,
        _ channels: Int, _ points: Int, _ normaliser: ChannelNormaliser
    ) -> Double {
        let (mean, deviation) = (normaliser.mean[channel], normaliser.deviation[channel])
        var (error, norm) = (0.0, 0.0)
        for point in (sample * points)..<((sample + 1) * points) {
            if !batch.weights.isEmpty, batch.weights[point] == 0 { continue }
            let target = Double(batch.target[point * channels + channel])
            let difference = deviation * (Double(prediction[point * channels + channel]) - target)
            let physical = deviation * target + mean
            error += difference * difference
            norm += physical * physical
        }
        return (error / max(norm, 1e-24)).squareRoot()
    }
}
