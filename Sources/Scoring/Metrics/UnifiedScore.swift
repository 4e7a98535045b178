import Foundation

/// The unified score of the FlowBench literature: mean squared errors of normalised fields on a logarithmic scale from
/// 0 (predicts nothing) to 100 (as good as the reference computation),
///
///     S = 100 · (lg E_max − lg E) / (lg E_max − lg E_min),   E_max = 1, E_min = 10⁻⁶.
///
/// M1 takes the whole field, M2 the band 0 ≤ φ ≤ 0.2 along bodies, M3 the residual of the governing equations. The
/// published evaluation divides M1 and M2 by the number of *all* points (Tali et al. 2024, arXiv:2409.18032); the exact
/// variant divides by those that count.
public enum UnifiedScore {
    /// How errors are averaged.
    public enum Variant: String, Sendable, CaseIterable, Codable {
        /// Over the points that count; all terms of the equations.
        case exact
        /// Over all points, solid ones as 0; without viscous terms: to compare with the literature.
        case published
    }

    /// φ at the outer edge of the boundary band, in units of length of the domain.
    public static let bandWidth = 0.2

    /// The score of a mean squared error; 0 where it is no number.
    public static func score(_ error: Double) -> Double {
        guard error.isFinite else { return 0 }
        return min(100, max(0, -100 / 6 * log10(max(error, 1e-300))))
    }

    /// M1 of one channel: the mean squared error over a field, in units of `deviation`.
    static func global(_ sample: ScoredSample, channel: Int, deviation: Double, _ variant: Variant) -> Double
    {
        let cells = (0..<sample.count).filter(sample.isFluid)
        return mean(sample, channel, cells, deviation, over: variant == .exact ? cells.count : sample.count)
    }

    /// M2 of one channel: the same in the band; nil where there is none.
    static func boundary(_ sample: ScoredSample, channel: Int, deviation: Double, _ variant: Variant)
        -> Double?
    {
        let cells = sample.boundaryCells
        guard !cells.isEmpty else { return nil }
        return mean(sample, channel, cells, deviation, over: variant == .exact ? cells.count : sample.count)
    }

    private static func mean(
        _ sample: ScoredSample, _ channel: Int, _ cells: [Int], _ deviation: Double, over count: Int
    ) -> Double {
        let start = channel * sample.count
        var sum = 0.0
        for cell in cells {
            let error =
                (Double(sample.prediction[start + cell]) - Double(sample.truth[start + cell])) / deviation
            sum += error * error
        }
        return sum / Double(max(1, count))
    }
}
