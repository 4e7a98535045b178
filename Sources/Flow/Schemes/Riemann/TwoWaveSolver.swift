import Numerics

/// The slowest and the fastest signal that leave a face.
package struct OuterWaves<V: Lanes> {
    package let slow: V
    package let fast: V
}

/// A Riemann solver that knows the outer waves only and averages what is between them (Harten, Lax & van Leer 1983,
/// doi:10.1137/1025002): with S₋ ≤ 0 ≤ S₊,
///
///     F = (S₊F_L − S₋F_R + S₋S₊(q_R − q_L))/(S₊ − S₋).
///
/// Solvers differ in the speeds. Contacts and shear layers at rest spread.
package protocol TwoWaveSolver: RiemannSolver {
    /// The outer waves of two states; those that do not straddle the face are cut off at 0.
    static func waves<V: Lanes>(_ left: SideState<V>, _ right: SideState<V>) -> OuterWaves<V>
}

extension TwoWaveSolver {
    @inline(__always) package static func solve<V: Lanes>(
        _ left: SideState<V>, _ right: SideState<V>
    ) -> FaceSolution<V> {
        let waves = waves(left, right)
        let slow = V.smaller(waves.slow, V(0))
        let fast = V.larger(waves.fast, V(0))
        let share = V(1) / (fast - slow)
        // S₊(F_L − S₋q_L)/(S₊ − S₋) of a mass-specific quantity, likewise from the right; then pressure and its work.
        let fromLeft = fast * (left.velocity - slow) * share
        let fromRight = (V(0) - slow) * (fast - right.velocity) * share
        let massLeft = left.density * fromLeft
        let massRight = right.density * fromRight
        let pressure = (fast * left.pressure - slow * right.pressure) * share
        let work =
            (fast * (left.pressure * left.velocity) - slow * (right.pressure * right.velocity)) * share
        // Mass flows to the left where it comes from the right.
        return FaceSolution(
            fromLeft: massLeft, fromRight: V(0) - massRight,
            momentum: (massLeft * left.velocity - massRight * right.velocity) + pressure,
            energy: (left.energy * fromLeft - right.energy * fromRight) + work)
    }
}
