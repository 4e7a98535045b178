import Foundation
import Numerics

/// Φ(x), the distribution function of the normal distribution, and its derivative, from one exponential.
enum Gaussian {
    /// (Φ(x), φ(x)) in every lane.
    ///
    /// Single precision: erfc(z) = (a₁t + … + a₅t⁵)·e^(−z²) with t = 1/(1 + pz), error below 1.5·10⁻⁷ (Hastings 1955;
    /// Abramowitz & Stegun 1964, 7.1.26). Double precision: the C library, lane by lane.
    @inline(__always) static func distribution<V: Lanes>(_ x: V) -> (integral: V, density: V) {
        if V.self == SIMD16<Float>.self {
            let result = single(unsafeBitCast(x, to: SIMD16<Float>.self))
            return (unsafeBitCast(result.0, to: V.self), unsafeBitCast(result.1, to: V.self))
        }
        return (
            map(x) { 0.5 * erfc(-$0 * 0.5.squareRoot()) }, map(x) { 0.3989422804014327 * exp(-0.5 * $0 * $0) }
        )
    }

    @inline(__always) private static func single(_ x: SIMD16<Float>) -> (SIMD16<Float>, SIMD16<Float>) {
        typealias V = SIMD16<Float>
        let z = x.magnitudes * V(0.70710678)
        let t = V(1) / V(1).adding(V(0.3275911), times: z)
        let decay = Exponential.single(x * x * V(-0.5))
        var series = V(-1.453152027).adding(V(1.061405429), times: t)
        series = V(1.421413741).adding(series, times: t)
        series = V(-0.284496736).adding(series, times: t)
        series = V(0.254829592).adding(series, times: t)
        let tail = series * t * decay * V(0.5)
        let integral = V.choose(V.less(x, V(0)), tail, V(1) - tail)
        return (integral, decay * V(0.39894228))
    }

    @inline(__always) private static func map<V: Lanes>(_ x: V, _ function: (Double) -> Double) -> V {
        var values = x
        withUnsafeMutablePointer(to: &values) { pointer in
            pointer.withMemoryRebound(to: V.Element.self, capacity: V.count) { lanes in
                for lane in 0..<V.count { lanes[lane] = V.Element(double: function(lanes[lane].double)) }
            }
        }
        return values
    }
}
