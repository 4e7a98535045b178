import Numerics

/// The linear value of fifth order, kept between bounds that preserve monotonicity and leave smooth extrema alone (Suresh &
/// Huynh 1997, doi:10.1006/jcph.1997.5745):
///
///     q_face = median(q_lin, q_min, q_max),     q_lin = (2a − 13b + 47c + 27d − 3e)/60,
///     q_min = max(min(c, d, q_MD), min(c, q_UL, q_LC)),   q_max = min(max(c, d, q_MD), max(c, q_UL, q_LC)),
///     q_UL = c + 2(c − b),   q_MD = ½(c + d) − ½M₊,   q_LC = c + ½(c − b) + 4/3 M₋,
///
/// where M± is the minmod of 4x − y, 4y − x, x, y of the second differences x at c and y at d or b. Their α is 2 here. They ask
/// first whether q_lin is monotone and save the bounds; between these it lies then anyway, so nothing is asked.
package enum MP5: Reconstruction {
    @inline(__always) package static func face<V: Lanes>(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V {
        let before = c - b
        let after = d - c
        // Differences from c: equal cells give c itself.
        let outer = (a - c) * V(2 / 60) - (e - c) * V(3 / 60)
        let linear = c + (outer + (before * V(13 / 60) + after * V(27 / 60)))
        let curvature = after - before
        let downwind = curvatures(curvature, (c - d) + (e - d))
        let upwind = curvatures(curvature, (a - b) + before)
        let median = (c + d) * V(0.5) - downwind * V(0.5)
        let upper = c + (before + before)
        let large = c + (before * V(0.5) + upwind * V(4 / 3))
        let least = V.larger(
            V.smaller(V.smaller(c, d), median), V.smaller(V.smaller(c, upper), large))
        let most = V.smaller(
            V.larger(V.larger(c, d), median), V.larger(V.larger(c, upper), large))
        return V.larger(least, V.smaller(most, linear))
    }

    /// The minmod of 4x − y, 4y − x, x and y.
    @inline(__always) private static func curvatures<V: Lanes>(_ x: V, _ y: V) -> V {
        let first = x * V(4) - y
        let second = y * V(4) - x
        let smallest = V.smaller(V.smaller(first, second), V.smaller(x, y))
        let largest = V.larger(V.larger(first, second), V.larger(x, y))
        return V.larger(V(0), smallest) + V.smaller(V(0), largest)
    }
}
