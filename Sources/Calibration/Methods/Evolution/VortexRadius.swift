import Foundation

/// The radius of vortex search: r(t) = P⁻¹(x, a_t) / x with x = 0.1 and a_t = 1 − t/T, relative to half of the range,
/// where P(a, r) is the regularised lower incomplete gamma function (Doğan & Ölmez 2015,
/// doi:10.1016/j.ins.2014.08.053). It shrinks slowly at first and fast at last.
func vortexRadius(progress: Double) -> Double {
    let shape = max(1e-3, 1 - progress)
    var (low, high) = (-700.0, 3.0)
    // P(a, r) ascends in r: bisection in ln r.
    for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        if lowerIncompleteGamma(shape, exp(middle)) < 0.1 { low = middle } else { high = middle }
    }
    return exp(low) / 0.1
}
