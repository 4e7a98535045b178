import Datasets

/// Mean and deviation of every channel: fields with mean 0 and deviation 1 train best.
public struct ChannelNormaliser: Sendable, Codable, Equatable {
    /// One a channel, in physical units.
    public var mean: [Double]
    /// One a channel, in physical units; 1 for a channel that never changes.
    public var deviation: [Double]

    /// A normaliser of known numbers.
    public init(mean: [Double], deviation: [Double]) {
        self.mean = mean
        self.deviation = deviation
    }

    /// The normaliser of channels with these moments. A deviation that is 0, or nothing but rounding, becomes 1.
    init(_ moments: [StreamingMoments]) {
        mean = moments.map(\.mean)
        deviation = moments.map {
            let rounding = 1e-6 * max(abs($0.minimum), abs($0.maximum))
            return $0.standardDeviation > rounding ? $0.standardDeviation : 1
        }
    }

    /// Brings one channel to mean 0 and deviation 1, in place.
    func normalise(_ values: inout [Float], channel: Int, range: Range<Int>) {
        let (shift, scale) = (Float(mean[channel]), Float(1 / deviation[channel]))
        for i in range { values[i] = (values[i] - shift) * scale }
    }

    /// Brings one channel back to physical units, in place.
    func restore(_ values: inout [Float], channel: Int, range: Range<Int>) {
        let (shift, scale) = (Float(mean[channel]), Float(deviation[channel]))
        for i in range { values[i] = values[i] * scale + shift }
    }

    /// Brings all channels of a field, channels first, to mean 0 and deviation 1; a range holds one field of several.
    func normalise(_ field: inout [Float], in range: Range<Int>? = nil) {
        let range = range ?? field.indices
        let points = range.count / mean.count
        for channel in mean.indices {
            let start = range.lowerBound + channel * points
            normalise(&field, channel: channel, range: start..<(start + points))
        }
    }

    /// Brings all channels of a field, channels first, back to physical units.
    func restore(_ field: inout [Float]) {
        let points = field.count / mean.count
        for channel in mean.indices {
            restore(&field, channel: channel, range: (channel * points)..<((channel + 1) * points))
        }
    }
}
