import Numerics

/// A wall that the fluid sticks to, at rest or moving: the mean of a ghost cell's velocity and its mirror
/// cell's is the wall's. Density and pressure are mirrored, so that no mass crosses; the temperature of an
/// isothermal wall enters through the heat flux alone (see `FaceBoundary.imposeTemperature`).
enum NoSlipWall {
    static func fill<Scalar: Real>(
        _ line: GhostLine<Scalar>, velocity: Components<Scalar>
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
                state.store(at: ghost + at, stride: line.variableStride, gas: gas)
                ghost[sigma + at] = interior[sigma + at]
            }
        }
    }
}
