import Numerics

/// Fifth-order WENO with the weights of Borges, Carmona, Costa & Don (2008, doi:10.1016/j.jcp.2007.11.038):
///
///     q_face = Σ ω_k q_k,   ω_k ∝ d_k (1 + (τ₅/(β_k + ε))²),   τ₅ = |β₀ − β₂|
///
/// Face by face, so of fifth order for linear waves and second for nonlinear ones in several dimensions.
package enum WENO5Z: Reconstruction {
    @inline(__always) package static func face<V: Lanes>(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V {
        let q0 = (a + a).subtracting(b, times: V(7)).adding(c, times: V(11))
        let q1 = (d + d).adding(c, times: V(5)) - b
        let q2 = (c + c).adding(d, times: V(5)) - e
        let s0 = smoothness((a - b - b) + c, a.subtracting(b, times: V(4)).adding(c, times: V(3)))
        let s1 = smoothness((b - c - c) + d, b - d)
        let s2 = smoothness((c - d - d) + e, (c + c + c).subtracting(d, times: V(4)) + e)
        let difference = (s0 - s2).magnitudes
        let w0 = weight(V(0.1), s0, difference)
        let w1 = weight(V(0.6), s1, difference)
        let w2 = weight(V(0.3), s2, difference)
        return (w0 * q0).adding(w1, times: q1).adding(w2, times: q2) / ((w0 + w1 + w2) * V(6))
    }

    @inline(__always) private static func smoothness<V: Lanes>(_ curvature: V, _ slope: V) -> V {
        (curvature * curvature * V(13 / 12)).adding(slope * slope, times: V(0.25))
    }

    @inline(__always) private static func weight<V: Lanes>(_ ideal: V, _ smoothness: V, _ difference: V) -> V
    {
        let small = V(V.Element.negligible.squareRoot())
        // On a constant triple next to a jump the ratio would overflow when squared.
        let largest = V(V.Element.greatestFiniteMagnitude.squareRoot() / 10_000)
        let ratio = V.smaller(difference / (smoothness + small), largest)
        return ideal.adding(ideal, times: ratio * ratio)
    }
}
