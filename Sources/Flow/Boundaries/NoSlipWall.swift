import Fluids
import Numerics

/// A wall that the fluid sticks to, at rest or moving: the mean of a ghost cell's velocity and its mirror
/// cell's is the wall's. Density and pressure are mirrored, so that no mass crosses; the temperature of an
/// isothermal wall enters through the heat flux alone (see `FaceBoundary.imposeTemperature`).
enum NoSlipWall {
    /// ρ, m → 2ρw − m, E → E + 2ρ w·(w − u): kinetic energy changes, heat does not.
    static func fill<F: Fluid>(_ line: GhostLine<F>, velocity: Components<F.Scalar>) {
        let medium = line.medium
        let names = medium.variables
        let (energy, sigma) = (
            names.energy * line.variableStride, names.entropicPressure * line.variableStride
        )
        line.forEachLayer { interior, ghost in
            for position in 0..<line.count {
                let at = position * line.positionStride
                let density = medium.full(0, interior[at])
                var work: F.Scalar = 0
                for direction in 0..<names.directions {
                    let place = names.momentum(direction) * line.variableStride + at
                    let momentum = medium.full(names.momentum(direction), interior[place])
                    let wall = density * velocity[direction]
                    work += velocity[direction] * (wall - momentum)
                    ghost[place] = 2 * wall - momentum - medium.reference.momentum[direction]
                }
                ghost[at] = interior[at]
                ghost[energy + at] = interior[energy + at] + 2 * work
                ghost[sigma + at] = interior[sigma + at]
            }
        }
    }
}
