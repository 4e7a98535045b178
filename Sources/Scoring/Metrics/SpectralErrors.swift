import Foundation

/// Root mean square errors in three bands of wave numbers, |k| < 4, 4 ≤ |k| < 12 and |k| ≥ 12 in waves over the domain:
/// the whole spectrum, all quadrants, by Parseval's theorem, so that the squares of the bands add up to the mean squared
/// error. In bodies the error is 0. (PDEBench's own evaluation looks at one quadrant; Takamoto et al. 2022,
/// arXiv:2210.07182.)
public struct SpectralErrors: Sendable, Codable, Equatable {
    /// |k| < 4.
    public var low: Double
    /// 4 ≤ |k| < 12.
    public var middle: Double
    /// |k| ≥ 12.
    public var high: Double

    /// The bands of a channel.
    public init(_ sample: ScoredSample, channel: Int) {
        let start = channel * sample.count
        let error = (0..<sample.count).map { cell in
            sample.isFluid(cell)
                ? Double(sample.prediction[start + cell]) - Double(sample.truth[start + cell]) : 0
        }
        var transform = (real: error, imaginary: [Double](repeating: 0, count: error.count))
        var stride = 1
        for extent in sample.cells {
            FourierTransform(extent).apply(&transform.real, &transform.imaginary, stride: stride)
            stride *= extent
        }
        var sums = [0.0, 0.0, 0.0]
        for index in 0..<sample.count {
            var (rest, square) = (index, 0.0)
            for extent in sample.cells {
                let wave = min(rest % extent, extent - rest % extent)
                square += Double(wave * wave)
                rest /= extent
            }
            let band = square < 16 ? 0 : square < 144 ? 1 : 2
            sums[band] +=
                transform.real[index] * transform.real[index]
                + transform.imaginary[index] * transform.imaginary[index]
        }
        let scale = 1 / Double(sample.count)
        (low, middle, high) = (
            (sums[0] * scale * scale).squareRoot(), (sums[1] * scale * scale).squareRoot(),
            (sums[2] * scale * scale).squareRoot()
        )
    }
}

/// The discrete Fourier transform along one axis, as a sum over a table of one turn: enough for scores.
struct FourierTransform {
    private let count: Int
    private let cosine: [Double]
    private let sine: [Double]

    init(_ count: Int) {
        self.count = count
        cosine = (0..<count).map { cos(2 * .pi * Double($0) / Double(count)) }
        sine = (0..<count).map { sin(2 * .pi * Double($0) / Double(count)) }
    }

    /// Transforms every line along the axis whose neighbours are `stride` apart.
    func apply(_ real: inout [Double], _ imaginary: inout [Double], stride: Int) {
        var line = (
            real: [Double](repeating: 0, count: count), imaginary: [Double](repeating: 0, count: count)
        )
        for block in Swift.stride(from: 0, to: real.count, by: stride * count) {
            for offset in block..<block + stride {
                for place in 0..<count {
                    line.real[place] = real[offset + place * stride]
                    line.imaginary[place] = imaginary[offset + place * stride]
                }
                for wave in 0..<count {
                    var (sumReal, sumImaginary, turn) = (0.0, 0.0, 0)
                    for place in 0..<count {
                        sumReal += line.real[place] * cosine[turn] + line.imaginary[place] * sine[turn]
                        sumImaginary += line.imaginary[place] * cosine[turn] - line.real[place] * sine[turn]
                        turn += wave
                        if turn >= count { turn -= count }
                    }
                    real[offset + wave * stride] = sumReal
                    imaginary[offset + wave * stride] = sumImaginary
                }
            }
        }
    }
}
