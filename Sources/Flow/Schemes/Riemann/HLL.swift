import Numerics

/// The outer waves as Davis estimates them (1988, doi:10.1137/0909030): S₋ = min(u_L − c_L, u_R − c_R), S₊ = max(u_L + c_L,
/// u_R + c_R).
struct DavisWaves<V: Lanes> {
    let slow: V
    let fast: V

    @inline(__always) init(_ left: SideState<V>, _ right: SideState<V>) {
        slow = V.smaller(left.velocity - left.soundSpeed, right.velocity - right.soundSpeed)
        fast = V.larger(left.velocity + left.soundSpeed, right.velocity + right.soundSpeed)
    }
}

/// The solver of Harten, Lax & van Leer with the speeds of Davis.
package enum HLL: TwoWaveSolver {
    @inline(__always) package static func waves<V: Lanes>(
        _ left: SideState<V>, _ right: SideState<V>
    ) -> OuterWaves<V> {
        let waves = DavisWaves(left, right)
        return OuterWaves(slow: waves.slow, fast: waves.fast)
    }
}
