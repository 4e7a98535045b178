import Numerics

/// A line of face cells with three layers of cells inside the domain and three ghost layers outside, nearest
/// first.
///
/// Pointers lead to variable 0 (deviations from the reference state; Σ in its own slot) of position 0.
package struct GhostLine<Scalar: Real> {
    package typealias Cells = UnsafeMutablePointer<Scalar>
    package let interior: (Cells, Cells, Cells)
    package let ghost: (Cells, Cells, Cells)
    package let variableStride: Int
    package let positionStride: Int
    package let count: Int
    /// The direction of the face's normal, and whether the face is the lower one.
    package let direction: Int
    package let isLower: Bool
    package let gas: GasModel<Scalar>

    package init(
        interior: (Cells, Cells, Cells), ghost: (Cells, Cells, Cells), variableStride: Int,
        positionStride: Int,
        count: Int, direction: Int, isLower: Bool, gas: GasModel<Scalar>
    ) {
        self.interior = interior
        self.ghost = ghost
        self.variableStride = variableStride
        self.positionStride = positionStride
        self.count = count
        self.direction = direction
        self.isLower = isLower
        self.gas = gas
    }

    /// A part of the line.
    func part(from start: Int, count: Int) -> GhostLine {
        let shift = start * positionStride
        return GhostLine(
            interior: (interior.0 + shift, interior.1 + shift, interior.2 + shift),
            ghost: (ghost.0 + shift, ghost.1 + shift, ghost.2 + shift), variableStride: variableStride,
            positionStride: positionStride, count: count, direction: direction, isLower: isLower, gas: gas)
    }

    /// Calls `body` with interior and ghost cells of each layer.
    @inline(__always) func forEachLayer(_ body: (Cells, Cells) -> Void) {
        body(interior.0, ghost.0)
        body(interior.1, ghost.1)
        body(interior.2, ghost.2)
    }

    /// Σ of every ghost layer is that of the cell at the face: zero gradient.
    @inline(__always) func copyNearestEntropicPressure() {
        let row = gas.variables.entropicPressure * variableStride
        for position in 0..<count {
            let at = row + position * positionStride
            let value = interior.0[at]
            ghost.0[at] = value
            ghost.1[at] = value
            ghost.2[at] = value
        }
    }
}

/// Gas constants and reference state in the arithmetic of the run.
package struct GasModel<Scalar: Real>: Sendable {
    package let variables: CellVariables
    package let gamma: Scalar
    package let gasConstant: Scalar
    package let reference: ReferenceState<Scalar>

    package init(
        variables: CellVariables, gamma: Scalar, gasConstant: Scalar, reference: ReferenceState<Scalar>
    ) {
        self.variables = variables
        self.gamma = gamma
        self.gasConstant = gasConstant
        self.reference = reference
    }

    /// The full conserved value of a cell.
    @inline(__always) func full(_ variable: Int, _ deviation: Scalar) -> Scalar {
        deviation + reference.conserved(variable, directions: variables.directions)
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

    /// Reads the conserved deviations at `cell`.
    @inline(__always) package init(at cell: UnsafePointer<Scalar>, stride: Int, gas: GasModel<Scalar>) {
        let directions = gas.variables.directions
        density = gas.full(0, cell[0])
        velocity = Components()
        var kinetic: Scalar = 0
        for direction in 0..<directions {
            let momentum = gas.full(1 + direction, cell[(1 + direction) * stride])
            velocity[direction] = momentum / density
            kinetic += momentum * velocity[direction]
        }
        let energy = gas.full(directions + 1, cell[(directions + 1) * stride])
        pressure = (gas.gamma - 1) * (energy - kinetic / 2)
    }

    /// Writes the conserved deviations at `cell`.
    @inline(__always) package func store(
        at cell: UnsafeMutablePointer<Scalar>, stride: Int, gas: GasModel<Scalar>
    ) {
        let directions = gas.variables.directions
        cell[0] = density - gas.reference.density
        var kinetic: Scalar = 0
        for direction in 0..<directions {
            cell[(1 + direction) * stride] = density * velocity[direction] - gas.reference.momentum[direction]
            kinetic += density * velocity[direction] * velocity[direction]
        }
        cell[(directions + 1) * stride] = pressure / (gas.gamma - 1) + kinetic / 2 - gas.reference.energy
    }

    /// √(γp/ρ).
    @inline(__always) func soundSpeed(gamma: Scalar) -> Scalar {
        (gamma * max(pressure, Scalar.negligible) / density).squareRoot()
    }
}

/// Imposed states along a face, one per position (or one for all), as conserved deviations, variable by
/// variable.
struct ImposedStates<Scalar: Real> {
    let values: UnsafePointer<Scalar>
    /// Distance between variables, and between positions (0: the same everywhere).
    let variableStride: Int
    let positionStride: Int

    func part(from start: Int) -> ImposedStates {
        ImposedStates(
            values: values + start * positionStride, variableStride: variableStride,
            positionStride: positionStride)
    }
}
