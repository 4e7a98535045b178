import Foundation

/// P(a, x), the regularised lower incomplete gamma function, a > 0 and x ≥ 0: its power series for x < a + 1, the
/// continued fraction of its complement elsewhere (Abramowitz & Stegun 6.5.29 and 6.5.31; Lentz 1976,
/// doi:10.1364/AO.15.000668).
func lowerIncompleteGamma(_ shape: Double, _ value: Double) -> Double {
    if value <= 0 { return 0 }
    let weight = exp(shape * log(value) - value - lgamma(shape))
    return value < shape + 1 ? weight * series(shape, value) : 1 - weight * continuedFraction(shape, value)
}

/// Σ x^k / (a (a + 1) … (a + k)).
private func series(_ shape: Double, _ value: Double) -> Double {
    var (term, sum) = (1 / shape, 1 / shape)
    for order in 1..<10_000 {
        term *= value / (shape + Double(order))
        sum += term
        if term < 1e-16 * sum { break }
    }
    return sum
}

private func continuedFraction(_ shape: Double, _ value: Double) -> Double {
    var b = value + 1 - shape
    var (c, d) = (1e300, 1 / b)
    var fraction = d
    for order in 1..<10_000 {
        let a = -Double(order) * (Double(order) - shape)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15 { break }
    }
    return fraction
}

/// The probability that χ² with so many degrees of freedom exceeds a value.
public func chiSquareTail(_ value: Double, freedom: Int) -> Double {
    1 - lowerIncompleteGamma(0.5 * Double(freedom), 0.5 * value)
}
