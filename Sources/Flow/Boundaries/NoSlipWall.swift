import Numerics

/// A wall that the fluid sticks to, at rest or moving: the mean of a ghost cell's velocity and its mirror cell's is the wall's.
/// Pressure is mirrored; density too where the wall is adiabatic, else it follows from the wall's temperature.
enum NoSlipWall {
    static func fill<Scalar: Real>(
        _ line: GhostLine<Scalar>, velocity: Components<Scalar>, temperature: Scalar?
    ) {
        let gas = line.gas
        let sigma = gas.variables.entropicPressure * line.variableStride
        line.forEachLayer { interior, ghost in
            for position in 0..<line.count {
                let at = position * line.positionStride
                var state = CellState(at: interior + at, stride: line.variableStride, gas: gas)
                for direction in 0..<gas.variables.directions {
                    state.velocity[direction] = 2 * velocity[direction] - state.velocity[direction]
                }
                if let temperature {
                    let inside = state.pressure / (state.density * gas.gasConstant)
                    // Far from equilibrium the linear extrapolation may turn negative.
                    let outside = max(2 * temperature - inside, temperature / 4)
                    state.density = state.pressure / (gas.gasConstant * outside)
                }
                state.store(at: ghost + at, stride: line.variableStride, gas: gas)
                ghost[sigma + at] = interior[sigma + at]
            }
        }
    }
}
