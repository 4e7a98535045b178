import Fluids
import Numerics

/// What the wall at a ghost cell does to the state at its image point.
package enum WallRule: Sendable {
    /// Mirrored normal velocity; pressure, density and tangential velocity follow the curvature of the wall.
    case slip
    /// Mirrored velocity, mirrored temperature.
    case adiabatic
    /// Mirrored velocity; the wall has this temperature.
    case isothermal(Double)
    /// Volume penalisation: the solid is at rest, or moves along itself where it is slippery.
    case penalised(slips: Bool)

    /// The rule of a wall in one of its representations.
    package init(_ wall: WallKind, _ representation: BodyRepresentation) {
        self =
            switch (representation, wall) {
            case (.sdf, .slip): .slip
            case (.sdf, .noSlip(nil)): .adiabatic
            case (.sdf, .noSlip(let temperature?)): .isothermal(temperature)
            case (.mask, let wall): .penalised(slips: wall == .slip)
            }
    }
}

/// A solid cell that stencils of fluid cells reach, with the image of its centre in the wall.
package struct GhostCell<Scalar: Real>: Sendable {
    /// The unit normal of the wall, out of the solid.
    package let normal: Components<Scalar>
    /// Distance of the cell from the wall over that of the image point: at most 1.
    package let ratio: Scalar
    /// Distance between cell and image point.
    package let span: Scalar
    /// The second derivatives of the signed distance at the wall.
    package let curvature: SymmetricTensor
    package let rule: WallRule
    /// The velocity of the wall.
    package let wallVelocity: Components<Scalar>
    /// The acceleration of the wall along its normal.
    package let wallAcceleration: Scalar

    package init(
        normal: Components<Scalar>, ratio: Scalar, span: Scalar, curvature: SymmetricTensor, rule: WallRule,
        wallVelocity: Components<Scalar>, wallAcceleration: Scalar
    ) {
        self.normal = normal
        self.ratio = ratio
        self.span = span
        self.curvature = curvature
        self.rule = rule
        self.wallVelocity = wallVelocity
        self.wallAcceleration = wallAcceleration
    }

    /// Turns the conserved deviations at the image point into those of the ghost cell.
    ///
    /// A slip wall of curvature κ = tᵀ∇∇φ t along the flow's direction t bends the flow: ∂p/∂n = κρu_t²; with
    /// constant entropy and total enthalpy, ∂ρ/∂n = c⁻² ∂p/∂n and ∂u_t/∂n = −κu_t (Dadone & Grossman 1994,
    /// doi:10.2514/3.12107). Where the wall moves, u is the velocity in its frame, and its acceleration a adds
    /// −ρ a·n to ∂p/∂n. All changes are increments of the image's deviations, so that a uniform flow along a
    /// wall stays what it is.
    @inline(__always) package func reflect<F: Fluid>(
        _ values: UnsafeMutablePointer<Scalar>, in medium: Medium<F>
    )
    where F.Scalar == Scalar {
        let directions = medium.variables.directions
        let fluid = medium.fluid
        let image = CellState(at: values, stride: 1, in: medium)
        var relative = Components<Scalar>()
        var normalVelocity: Scalar = 0
        for direction in 0..<directions {
            relative[direction] = image.velocity[direction] - wallVelocity[direction]
            normalVelocity += relative[direction] * normal[direction]
        }
        var change = Components<Scalar>()
        var densityChange: Scalar = 0
        var pressureChange: Scalar = 0
        switch rule {
        case .slip:
            var along = Components<Scalar>()
            var square: Scalar = 0
            for direction in 0..<directions {
                along[direction] = relative[direction] - normalVelocity * normal[direction]
                square += along[direction] * along[direction]
            }
            let bend = curvature.quadratic(along) * span
            let limit = fluid.reserve(pressure: image.pressure) / 2
            pressureChange = max(-limit, min(limit, image.density * (wallAcceleration * span - bend)))
            let sound = image.soundSpeed(in: medium)
            densityChange = pressureChange / (sound * sound)
            let faster = square > Scalar.negligible ? max(-0.5, min(0.5, bend / square)) : 0
            for direction in 0..<directions {
                change[direction] =
                    along[direction] * faster - (1 + ratio) * normalVelocity * normal[direction]
            }
        case .adiabatic, .isothermal:
            for direction in 0..<directions { change[direction] = -(1 + ratio) * relative[direction] }
        case .penalised(slips: true):
            for direction in 0..<directions { change[direction] = -normalVelocity * normal[direction] }
        case .penalised(slips: false):
            for direction in 0..<directions { change[direction] = -relative[direction] }
        }
        if case .isothermal(let temperature) = rule {
            let inside = fluid.temperature(pressure: image.pressure, density: image.density)
            let wall = Scalar(double: temperature)
            // Linear through the wall's temperature; kept positive where the gas is much hotter.
            let ghost = max(wall + (wall - inside) * ratio, min(wall, inside) / 2)
            densityChange = fluid.density(pressure: image.pressure, temperature: ghost) - image.density
        }
        let heat = fluid.heatChange(pressure: pressureChange)
        apply(image, change, densityChange, heat, to: values, directions: directions)
    }

    @inline(__always) private func apply(
        _ image: CellState<Scalar>, _ change: Components<Scalar>, _ densityChange: Scalar,
        _ heat: Scalar, to values: UnsafeMutablePointer<Scalar>, directions: Int
    ) {
        let density = image.density + densityChange
        var kinetic: Scalar = 0
        var work: Scalar = 0
        for direction in 0..<directions {
            let velocity = image.velocity[direction]
            kinetic += velocity * velocity
            work += change[direction] * (velocity + change[direction] / 2)
            values[1 + direction] += densityChange * velocity + density * change[direction]
        }
        values[0] += densityChange
        values[directions + 1] += heat + densityChange * kinetic / 2 + density * work
    }
}
