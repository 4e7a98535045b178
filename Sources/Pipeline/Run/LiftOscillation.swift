import Foundation

/// The strongest oscillation of a lift history: the peak of its spectrum.
///
/// The second half of the history, which is past the start of the flow, is brought to even time steps, freed
/// from its mean, multiplied by Hann's window and transformed at frequencies a quarter of the resolution apart;
/// a parabola through the logarithms of the three values about the peak gives the frequency.
package struct LiftOscillation: Sendable, Equatable {
    /// Oscillations per unit of time.
    package let frequency: Double
    /// Half of the distance between least and greatest lift that a sine of this power has.
    package let amplitude: Double

    private static let sampleCount = 1024
    private static let finePerBin = 4
    /// Fewer periods than this cannot be told from a drift.
    private static let fewestPeriods = 3.0

    /// - Parameters:
    ///   - time: Ascending times.
    ///   - lift: One value for each time.
    ///   - drag: One value for each time; what is small is judged by it.
    /// - Returns: nil where the lift does not oscillate: fewer than three periods, no clear peak, or an
    ///   amplitude under a ten-thousandth of the drag.
    package init?(time: [Double], lift: [Double], drag: [Double]) {
        guard time.count >= 32, lift.count == time.count, drag.count == time.count,
            let first = time.first, let last = time.last, last > first
        else { return nil }
        let duration = (last - first) / 2
        var samples = Self.even(time, lift, from: last - duration, to: last)
        let mean = samples.reduce(0, +) / Double(samples.count)
        for index in samples.indices { samples[index] -= mean }
        let power = samples.reduce(0) { $0 + $1 * $1 } / Double(samples.count)
        let scale = max(abs(mean), drag.suffix(drag.count / 2).reduce(0) { max($0, abs($1)) })
        guard (2 * power).squareRoot() > 1e-4 * scale else { return nil }
        let spectrum = Self.spectrum(samples)
        guard let peak = spectrum.indices.max(by: { spectrum[$0] < spectrum[$1] }), peak > 0,
            peak + 1 < spectrum.count
        else { return nil }
        let bin = Self.refined(peak, spectrum) / Double(Self.finePerBin)
        guard bin >= Self.fewestPeriods, Self.isClear(peak, spectrum) else { return nil }
        frequency = bin / duration
        amplitude = (2 * power).squareRoot()
    }

    /// The values at even steps, linear between the given ones.
    private static func even(
        _ time: [Double], _ values: [Double], from start: Double, to end: Double
    ) -> [Double] {
        var low = 0
        return (0..<sampleCount).map { index in
            let moment = start + (end - start) * Double(index) / Double(sampleCount)
            while low + 2 < time.count, time[low + 1] <= moment { low += 1 }
            let step = time[low + 1] - time[low]
            let share = step > 0 ? (moment - time[low]) / step : 0
            return values[low] + (values[low + 1] - values[low]) * share
        }
    }

    /// The power at multiples of a quarter of the resolution, up to a quarter of the sampling rate.
    private static func spectrum(_ samples: [Double]) -> [Double] {
        let count = Double(samples.count)
        let windowed = samples.enumerated().map { index, value in
            value * (0.5 - 0.5 * cos(2 * .pi * Double(index) / count))
        }
        return (0..<samples.count).map { fine in
            let angle = 2 * .pi * Double(fine) / Double(finePerBin) / count
            let turn = (cos(angle), sin(angle))
            var (phase, sum) = ((1.0, 0.0), (0.0, 0.0))
            for value in windowed {
                sum = (sum.0 + value * phase.0, sum.1 + value * phase.1)
                phase = (phase.0 * turn.0 - phase.1 * turn.1, phase.0 * turn.1 + phase.1 * turn.0)
            }
            return sum.0 * sum.0 + sum.1 * sum.1
        }
    }

    private static func refined(_ peak: Int, _ spectrum: [Double]) -> Double {
        let values = (-1...1).map { log(max(spectrum[peak + $0], .leastNormalMagnitude)) }
        let bend = values[0] - 2 * values[1] + values[2]
        guard bend < 0 else { return Double(peak) }
        return Double(peak) + (values[0] - values[2]) / (2 * bend)
    }

    /// Whether most of the power lies in the peak; Hann's window spreads a sine over two bins to each side.
    private static func isClear(_ peak: Int, _ spectrum: [Double]) -> Bool {
        let reach = 2 * finePerBin
        let lobe = spectrum[max(peak - reach, 0)...min(peak + reach, spectrum.count - 1)].reduce(0, +)
        return lobe > 0.5 * spectrum.reduce(0, +)
    }
}
