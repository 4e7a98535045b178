import Numerics

/// Two outer waves and the contact between them (Toro, Spruce & Speares 1994, doi:10.1007/BF01414629), with the speeds of
/// Davis (1988, doi:10.1137/0909030): S₋ = min(u_L − c_L, u_R − c_R), S₊ likewise. Contacts at rest stay sharp.
///
/// With m = ρ(S − u) of each side the contact moves at
///
///     s = ((p_R − p_L) + (m_L u_L − m_R u_R))/(m_L − m_R),      ρ* = m/(S − s),   p* = p + m(s − u),
///
/// and the flux beside it is ρ*s, ρ*s² + p*, (E* + p*)s: no mass passes where s is 0.
package enum HLLC: RiemannSolver {
    @inline(__always) package static func solve<V: Lanes>(
        _ left: SideState<V>, _ right: SideState<V>
    ) -> FaceSolution<V> {
        let zero = V(0)
        let waves = DavisWaves(left, right)
        let massLeft = left.density * (waves.slow - left.velocity)
        let massRight = right.density * (waves.fast - right.velocity)
        let contact =
            ((right.pressure - left.pressure) + (massLeft * left.velocity - massRight * right.velocity))
            / (massLeft - massRight)
        // Both sides find the same p* but for rounding.
        let starPressure =
            ((left.pressure + massLeft * (contact - left.velocity))
                + (right.pressure + massRight * (contact - right.velocity))) * V(0.5)

        // The side that the face lies on, and its outer wave.
        let fromRight = V.less(contact, zero)
        let density = V.choose(fromRight, right.density, left.density)
        let velocity = V.choose(fromRight, right.velocity, left.velocity)
        let pressure = V.choose(fromRight, right.pressure, left.pressure)
        let energy = V.choose(fromRight, right.energy, left.energy)
        let wave = V.choose(fromRight, waves.fast, waves.slow)
        let stretch = V(1) / (wave - contact)
        let starDensity = V.choose(fromRight, massRight, massLeft) * stretch
        let starEnergy =
            ((energy * (wave - velocity) - pressure * velocity) + starPressure * contact) * stretch

        // Where even the outer wave has passed the face, the side flows through undisturbed.
        let beyond = V.less(V.choose(fromRight, waves.fast, zero - waves.slow), zero)
        let mass = V.choose(beyond, density * velocity, starDensity * contact)
        return FaceSolution(
            fromLeft: V.choose(fromRight, zero, mass), fromRight: V.choose(fromRight, mass, zero),
            momentum: V.choose(
                beyond, density * velocity * velocity + pressure,
                starDensity * contact * contact + starPressure),
            energy: V.choose(beyond, (energy + pressure) * velocity, (starEnergy + starPressure) * contact))
    }
}
