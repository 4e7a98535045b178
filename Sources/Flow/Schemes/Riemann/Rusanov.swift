import Numerics

/// The faster of both sides in both directions, S = max(|u_L| + c_L, |u_R| + c_R): local Lax–Friedrichs (Rusanov 1961,
/// doi:10.1016/0041-5553(62)90062-9). The most robust and the most diffusive.
package enum Rusanov: TwoWaveSolver {
    @inline(__always) package static func waves<V: Lanes>(
        _ left: SideState<V>, _ right: SideState<V>
    ) -> OuterWaves<V> {
        let speed = V.larger(
            left.velocity.magnitudes + left.soundSpeed, right.velocity.magnitudes + right.soundSpeed)
        return OuterWaves(slow: V(0) - speed, fast: speed)
    }
}
