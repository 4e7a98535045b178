import Numerics

/// A non-reflecting far field: each one-dimensional characteristic is taken from the side that it comes from
/// (Whitfield & Janus 1984, doi:10.2514/6.1984-1552).
///
/// With u_n along the outward normal, R⁺ = u_n + 2c/(γ−1) comes from inside and R⁻ = u_n − 2c/(γ−1) from the imposed state
/// while |u_n| < c; entropy and tangential velocity come from upstream. Supersonic flow takes everything from upstream.
enum Characteristic {
    static func fill<Scalar: Real>(_ line: GhostLine<Scalar>, states: ImposedStates<Scalar>) {
        let gas = line.gas
        for position in 0..<line.count {
            let at = position * line.positionStride
            let inside = CellState(at: line.interior.0 + at, stride: line.variableStride, gas: gas)
            let outside = CellState(
                at: states.values + position * states.positionStride, stride: states.variableStride, gas: gas)
            let state = boundaryState(
                inside: inside, outside: outside, gamma: gas.gamma, direction: line.direction,
                sign: line.isLower ? -1 : 1)
            state.store(at: line.ghost.0 + at, stride: line.variableStride, gas: gas)
            state.store(at: line.ghost.1 + at, stride: line.variableStride, gas: gas)
            state.store(at: line.ghost.2 + at, stride: line.variableStride, gas: gas)
        }
        line.copyNearestEntropicPressure()
    }

    private static func boundaryState<Scalar: Real>(
        inside: CellState<Scalar>, outside: CellState<Scalar>, gamma: Scalar, direction: Int, sign: Scalar
    ) -> CellState<Scalar> {
        let soundInside = inside.soundSpeed(gamma: gamma)
        let soundOutside = outside.soundSpeed(gamma: gamma)
        let normalInside = sign * inside.velocity[direction]
        let normalOutside = sign * outside.velocity[direction]
        if normalInside >= soundInside { return inside }
        if normalOutside <= -soundOutside { return outside }
        let outgoing = normalInside + 2 * soundInside / (gamma - 1)
        let incoming = normalOutside - 2 * soundOutside / (gamma - 1)
        let normal = (outgoing + incoming) / 2
        let sound = max((gamma - 1) / 4 * (outgoing - incoming), Scalar.negligible.squareRoot())
        var state = normal > 0 ? inside : outside
        let upstreamSound = normal > 0 ? soundInside : soundOutside
        state.velocity[direction] = sign * normal
        // Isentropic from the upstream state: ρ ∝ c^{2/(γ−1)}, p ∝ ρ c².
        let ratio = Scalar(double: powDouble((sound / upstreamSound).double, (2 / (gamma - 1)).double))
        state.density *= ratio
        state.pressure *= ratio * (sound / upstreamSound) * (sound / upstreamSound)
        return state
    }
}
