import Foundation

/// The strongest oscillation of a time series, such as the lift of a body that sheds vortices.
public struct DominantFrequency: Sendable {
    /// Cycles per unit of time.
    public let frequency: Double
    /// Half the difference between the crests and troughs of a sine of this strength.
    public let amplitude: Double

    /// Looks for the peak of the spectrum: the series is interpolated linearly to even times, freed of its
    /// straight trend, and weighed by Hann's window; the peak's place is that of a parabola through the
    /// logarithms of three neighbouring magnitudes (Gasior & Gonzalez 2004, doi:10.1063/1.1831158).
    ///
    /// - Parameters:
    ///   - times: Ascending.
    ///   - values: One for each time.
    /// - Returns: nil for fewer than 8 values, no duration, or no oscillation.
    public init?(times: [Double], values: [Double]) {
        guard times.count == values.count, times.count >= 8, let first = times.first, let last = times.last,
            last > first
        else { return nil }
        let count = min(2048, max(64, 2 * times.count))
        let step = (last - first) / Double(count)
        let series = Self.detrended(Self.even(times, values, start: first, step: step, count: count))
        let windowed = series.enumerated().map { index, value in
            value * (1 - cos(2 * .pi * Double(index) / Double(count))) / 2
        }
        let magnitudes = (0...count / 2).map { Self.magnitude(windowed, bin: $0) }
        // Bins 0 and 1 hold what the window makes of the mean.
        guard let peak = (2..<count / 2).max(by: { magnitudes[$0] < magnitudes[$1] }), magnitudes[peak] > 0,
            magnitudes[peak - 1] > 0, magnitudes[peak + 1] > 0
        else { return nil }
        let (left, here, right) = (
            log(magnitudes[peak - 1]), log(magnitudes[peak]), log(magnitudes[peak + 1])
        )
        let curvature = left - 2 * here + right
        let shift = curvature < 0 ? (left - right) / (2 * curvature) : 0
        frequency = (Double(peak) + shift) / (last - first)
        // Hann's window halves the mean weight.
        amplitude = exp(here - (left - right) * shift / 4) * 4 / Double(count)
    }

    private static func even(
        _ times: [Double], _ values: [Double], start: Double, step: Double, count: Int
    ) -> [Double] {
        var segment = 0
        return (0..<count).map { index in
            let time = start + Double(index) * step
            while segment + 2 < times.count, times[segment + 1] <= time { segment += 1 }
            let width = times[segment + 1] - times[segment]
            let share = width > 0 ? (time - times[segment]) / width : 0
            return values[segment] + share * (values[segment + 1] - values[segment])
        }
    }

    private static func detrended(_ values: [Double]) -> [Double] {
        let count = Double(values.count)
        let middle = (count - 1) / 2
        let mean = values.reduce(0, +) / count
        var (product, square) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let offset = Double(index) - middle
            product += offset * (value - mean)
            square += offset * offset
        }
        return values.enumerated().map { $1 - mean - product / square * (Double($0) - middle) }
    }

    /// |Σ vₙ exp(−2πi k n/N)|, by a rotating pointer.
    private static func magnitude(_ values: [Double], bin: Int) -> Double {
        let angle = 2 * Double.pi * Double(bin) / Double(values.count)
        let (turnCosine, turnSine) = (cos(angle), sin(angle))
        var (cosine, sine, real, imaginary) = (1.0, 0.0, 0.0, 0.0)
        for value in values {
            real += value * cosine
            imaginary += value * sine
            (cosine, sine) = (cosine * turnCosine - sine * turnSine, sine * turnCosine + cosine * turnSine)
        }
        return (real * real + imaginary * imaginary).squareRoot()
    }
}
