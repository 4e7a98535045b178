import Flow

/// Whether the lift of a body oscillates, and how: the strongest frequency of its second half, which is past the
/// start of the flow, where that stands out.
package struct LiftOscillation: Sendable, Equatable {
    /// Oscillations per unit of time.
    package let frequency: Double
    /// Half of the distance between the crests and troughs.
    package let amplitude: Double

    /// Fewer periods than this cannot be told from a drift.
    private static let fewestPeriods = 3.0

    /// - Parameters:
    ///   - time: Ascending times.
    ///   - lift: One value for each time.
    ///   - drag: One value for each time; what is small is judged by it.
    /// - Returns: nil where the lift does not oscillate: fewer than three periods, less than half of the variance in
    ///   the strongest frequency, or an amplitude under a ten-thousandth of the drag.
    package init?(time: [Double], lift: [Double], drag: [Double]) {
        guard let first = time.first, let last = time.last, last > first, lift.count == time.count,
            drag.count == time.count
        else { return nil }
        let late = time.indices.filter { time[$0] >= (first + last) / 2 }
        let (times, values) = (late.map { time[$0] }, late.map { lift[$0] })
        guard let start = times.first, let peak = DominantFrequency(times: times, values: values) else {
            return nil
        }
        let scale = late.reduce(0) { max($0, abs(drag[$1])) }
        let power = peak.amplitude * peak.amplitude / 2
        guard peak.frequency * (last - start) >= Self.fewestPeriods, peak.amplitude > 1e-4 * scale,
            power > 0.5 * Self.variance(values)
        else { return nil }
        frequency = peak.frequency
        amplitude = peak.amplitude
    }

    /// The mean square about the mean; times are as good as even for this.
    private static func variance(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }
}
