import Numerics

/// Two waves with Einfeldt's speeds (1988, doi:10.1137/0725021), which keep density and heat positive: S₋ = min(u_L − c_L, û
/// − ĉ), S₊ = max(u_R + c_R, û + ĉ), where û is Roe's average and
///
///     ĉ² = (√ρ_L c_L² + √ρ_R c_R²)/(√ρ_L + √ρ_R) + ½ √ρ_L√ρ_R/(√ρ_L + √ρ_R)² (u_R − u_L)².
///
/// Isolated shocks move at one of these speeds: they are as sharp as with HLLC.
package enum HLLE: TwoWaveSolver {
    @inline(__always) package static func waves<V: Lanes>(
        _ left: SideState<V>, _ right: SideState<V>
    ) -> OuterWaves<V> {
        let rootLeft = left.density.root
        let rootRight = right.density.root
        let share = V(1) / (rootLeft + rootRight)
        let velocity = (rootLeft * left.velocity + rootRight * right.velocity) * share
        let squares =
            rootLeft * (left.soundSpeed * left.soundSpeed)
            + rootRight * (right.soundSpeed * right.soundSpeed)
        let jump = (right.velocity - left.velocity) * share
        let sound = (squares * share + V(0.5) * (rootLeft * rootRight) * (jump * jump)).root
        return OuterWaves(
            slow: V.smaller(left.velocity - left.soundSpeed, velocity - sound),
            fast: V.larger(right.velocity + right.soundSpeed, velocity + sound))
    }
}
