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
    /// The mean relative error over samples and channels, in physical units; of rollouts that of all states that follow from
    /// the first by the network alone.
    var error: Double { rolloutError ?? errorSum / Double(max(1, count)) }
    /// The error of rollouts, where there are some.
    var rolloutError: Double?

    /// Takes in a batch whose forward pass is done.
    mutating func add(
        _ program: LearningProgram, _ batch: Batch, _ normaliser: ChannelNormaliser, channels: Int
    ) {
        lossSum += program.loss * Double(batch.count)
        count += batch.count
        guard let target = batch.targets.first else { return }
        let points = target.count / (batch.count * channels)
        for sample in 0..<batch.count {
            for channel in 0..<channels {
                errorSum +=
                    RelativeError.value(
                        program.prediction, target, batch.weights, channel: channel, of: channels,
                        points: (sample * points)..<((sample + 1) * points), normaliser) / Double(channels)
            }
        }
    }
}

/// ‖p − t‖₂/‖t‖₂ of one channel in physical units over the points that count, of normalised fields, channels last.
enum RelativeError {
    static func value<Field: RandomAccessCollection>(
        _ prediction: Field, _ truth: [Float], _ weights: [Float], channel: Int, of channels: Int,
        points: Range<Int>, _ normaliser: ChannelNormaliser
    ) -> Double where Field.Element == Float, Field.Index == Int {
        let (mean, deviation) = (normaliser.mean[channel], normaliser.deviation[channel])
        var (error, norm) = (0.0, 0.0)
        for point in points {
            if !weights.isEmpty, weights[point] == 0 { continue }
            let target = Double(truth[point * channels + channel])
            let difference = deviation * (Double(prediction[point * channels + channel]) - target)
            let physical = deviation * target + mean
            error += difference * difference
            norm += physical * physical
        }
        return (error / max(norm, 1e-24)).squareRoot()
    }
}
