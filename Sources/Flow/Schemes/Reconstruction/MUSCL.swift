import Numerics

/// A straight line in each cell with van Leer's monotonised central slope, second order where the flow is smooth:
///
///     q_face = c + ½σ,   σ = minmod(½(d − b), 2(c − b), 2(d − c))
///
/// (van Leer 1977, doi:10.1016/0021-9991(77)90095-X). Of the classic limiters it is the steepest that needs no
/// division and stays symmetric: as robust as minmod, and half as wide at contacts.
package enum MUSCL: Reconstruction {
    @inline(__always) package static func face<V: Lanes>(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V {
        let before = c - b
        let after = d - c
        let bound = V.smaller(before.magnitudes, after.magnitudes)
        // Half the slope: the central one is (before + after)/4, the limits are the differences themselves.
        let half = (before + after) * V(0.25)
        let limited = V.larger(V(0) - bound, V.smaller(bound, half))
        return c + V.choose(V.less(V(0), before * after), limited, V(0))
    }
}
