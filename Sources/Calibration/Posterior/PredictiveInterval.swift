import Foundation
import Numerics

/// The interval that holds a new observation with a probability: the spread of the model's answers over the posterior and
/// the observation's own error together.
public enum PredictiveInterval {
    /// The usual probability.
    public static let share = 0.9

    /// Of a normal distribution: prediction ± z √(s² + σ²).
    ///
    /// - Parameters:
    ///   - spread: s, the standard deviation of the prediction by the parameters.
    ///   - deviation: σ of the observation.
    public static func normal(
        prediction: Double, spread: Double, deviation: Double, share: Double = share
    ) -> ClosedRange<Double> {
        let half = normalQuantile(0.5 + share / 2) * hypot(spread, deviation)
        guard half.isFinite, prediction.isFinite else { return -.infinity ... .infinity }
        return prediction - half...prediction + half
    }

    /// Of predictions at draws of the posterior, each blurred by the observation's error: quantiles of the mixture of normal
    /// distributions. nil where there are no predictions.
    public static func mixture(
        predictions: [Double], deviation: Double, share: Double = share
    ) -> ClosedRange<Double>? {
        let known = predictions.filter(\.isFinite)
        guard let least = known.min(), let most = known.max() else { return nil }
        let quantile = { (probability: Double) in
            root(from: least - 8 * deviation, to: most + 8 * deviation) { place in
                known.reduce(0) { $0 + 0.5 * erfc(($1 - place) / (deviation * 2.0.squareRoot())) }
                    / Double(known.count) - probability
            }
        }
        let (lower, upper) = (quantile(0.5 - share / 2), quantile(0.5 + share / 2))
        return min(lower, upper)...max(lower, upper)
    }

    /// z with Φ(z) = p.
    static func normalQuantile(_ probability: Double) -> Double {
        root(from: -10, to: 10) { 0.5 * erfc(-$0 / 2.0.squareRoot()) - probability }
    }

    /// The root of a rising function by halving.
    private static func root(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if function(middle) < 0 { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }
}
