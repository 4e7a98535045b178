import Fluids
import Numerics

/// The fluid of a run in its arithmetic: the formulas, the numbering of its variables, and the state from which all values
/// are deviations.
package struct Medium<F: Fluid>: Sendable {
    package typealias Scalar = F.Scalar

    package let variables: CellVariables
    package let fluid: F
    package let reference: ReferenceState<Scalar>

    /// The share of a cell's kinetic energy that its heat is never taken for less than. Not 0 where storage rounds the energy by
    /// about as much: pressure is then what the storage can tell, and what is stored stays as it is.
    package let leastHeatShare: Scalar

    package init(
        variables: CellVariables, fluid: F, reference: ReferenceState<Scalar>, leastHeatShare: Scalar = 0
    ) {
        self.leastHeatShare = leastHeatShare
        self.variables = variables
        self.fluid = fluid
        self.reference = reference
    }

    /// The reference value of a conserved variable.
    @inline(__always) func reference(_ variable: Int) -> Scalar {
        reference.conserved(variable, directions: variables.directions)
    }

    /// What the full values of a conserved variable can be. The energy of a liquid has p∞ in it and is large everywhere.
    @inline(__always) func kind(_ variable: Int) -> StoredValues {
        variable == variables.density || variable == variables.energy ? .positive : .signed
    }

    /// The pressure of the least heat that storage can tell; see ``leastHeatShare``.
    @inline(__always) func leastPressure(density: Scalar, velocity: Components<Scalar>) -> Scalar {
        guard leastHeatShare > 0 else { return -.infinity }
        var square: Scalar = 0
        for direction in 0..<variables.directions { square += velocity[direction] * velocity[direction] }
        return fluid.pressure(heat: fluid.leastHeat + density * square * (leastHeatShare / 2))
    }

    /// The full conserved value of a cell.
    @inline(__always) func full(_ variable: Int, _ deviation: Scalar) -> Scalar {
        deviation + reference(variable)
    }
}

/// The full state of one cell: density, velocity per direction (in a padded vector), pressure.
package struct CellState<Scalar: Real> {
    package var density: Scalar
    package var velocity: Components<Scalar>
    package var pressure: Scalar

    package init(density: Scalar, velocity: Components<Scalar>, pressure: Scalar) {
        self.density = density
        self.velocity = velocity
        self.pressure = pressure
    }

    /// Reads the conserved deviations at `cell`. The pressure comes from deviations alone, as in ``PrimitiveKernel``: the
    /// heat of a liquid is a large number.
    @inline(__always) package init<F: Fluid>(
        at cell: UnsafePointer<Scalar>, stride: Int, in medium: Medium<F>
    ) where F.Scalar == Scalar {
        let directions = medium.variables.directions
        let reference = medium.reference
        density = reference.density + cell[0]
        velocity = Components()
        var kinetic: Scalar = 0
        for direction in 0..<directions {
            let mean = reference.velocity[direction]
            let momentum = cell[(1 + direction) * stride]
            let change = (momentum - mean * cell[0]) / density
            velocity[direction] = mean + change
            kinetic += momentum * velocity[direction] + reference.momentum[direction] * change
        }
        let heat = cell[(directions + 1) * stride] - kinetic / 2
        let found = reference.pressure + medium.fluid.pressureChange(heat: heat)
        let least = medium.leastPressure(density: density, velocity: velocity)
        // What is no number stays none.
        pressure = found < least ? least : found
    }

    /// Writes the conserved deviations at `cell`.
    @inline(__always) package func store<F: Fluid>(
        at cell: UnsafeMutablePointer<Scalar>, stride: Int, in medium: Medium<F>
    ) where F.Scalar == Scalar {
        let directions = medium.variables.directions
        let reference = medium.reference
        cell[0] = density - reference.density
        var kinetic: Scalar = 0
        for direction in 0..<directions {
            let momentum = density * velocity[direction]
            cell[(1 + direction) * stride] = momentum - reference.momentum[direction]
            kinetic += momentum * velocity[direction]
            kinetic -= reference.momentum[direction] * reference.velocity[direction]
        }
        cell[(directions + 1) * stride] =
            medium.fluid.heatChange(pressure: pressure - reference.pressure) + kinetic / 2
    }

    /// c.
    @inline(__always) func soundSpeed<F: Fluid>(in medium: Medium<F>) -> Scalar where F.Scalar == Scalar {
        medium.fluid.soundSpeed(pressure: pressure, density: density)
    }

    /// Whether the fluid can be in this state.
    @inline(__always) func isAdmissible<F: Fluid>(in medium: Medium<F>) -> Bool where F.Scalar == Scalar {
        density > 0 && medium.fluid.reserve(pressure: pressure) > 0
    }

    /// Whether the fluid can be in this state, and all of it is a number.
    func isSound<F: Fluid>(in medium: Medium<F>) -> Bool where F.Scalar == Scalar {
        isAdmissible(in: medium) && density.isFinite && pressure.isFinite
    }

    /// Density, velocity per direction, pressure.
    func primitive(rank: Int) -> [Double] {
        [density.double] + (0..<rank).map { velocity[$0].double } + [pressure.double]
    }
}
