import Numerics

/// The first-order local Lax–Friedrichs flux, which takes the place of any other where that endangers density or pressure:
///
///     f̂ = ½(F_2 + F_3) − ½λ(q_3 − q_2),   λ = max(|u| + c) of the two adjacent cells.
///
/// With the fluid's c(p + Σ) it keeps the update admissible where κλ ≤ 1 (see ``PositivityLimit``).
struct FirstOrderFlux<Scalar: Real> {
    typealias V = Scalar.Vector

    let reference: ReferenceState<Scalar>
    let direction: Int
    let directions: Int

    /// Overwrites the flux of troubled lanes. Rare, so kept out of the kernels' loops.
    @inline(never) func replace(
        where troubled: V.Mask, _ stencil: FaceStencil<Scalar>, _ face: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        let variables = CellVariables(directions: directions, viscous: false)
        let read = { (variable: Int) in
            let at = variable * stencil.variableStride + face
            return (left: V(at: stencil.cell2 + at), right: V(at: stencil.cell3 + at))
        }
        let mean = V(reference.velocity[direction])
        let velocity = read(variables.velocity(direction))
        let sound = read(variables.soundSpeed)
        let pressure = read(variables.totalPressure)
        let full = (left: mean + velocity.left, right: mean + velocity.right)
        let speed = V.larger(full.left.magnitudes + sound.left, full.right.magnitudes + sound.right)
        // ½(u ± λ): what both sides carry through the face.
        let half = V(0.5)
        let leftWeight = (full.left + speed) * half
        let rightWeight = (full.right - speed) * half
        let velocityDeviation = (velocity.left + velocity.right) * half

        for variable in 0..<variables.conservedCount {
            let state = read(variable)
            var sum = leftWeight * state.left + rightWeight * state.right
            sum = sum + V(reference.flowing(variable, directions: directions)) * velocityDeviation
            if variable == variables.momentum(direction) {
                sum = sum + (pressure.left + pressure.right) * half
            }
            if variable == variables.energy {
                sum = sum + (full.left * pressure.left + full.right * pressure.right) * half
            }
            let target = flux + variable * fluxStride
            V.choose(troubled, sum, V(at: target)).store(at: target)
        }
    }
}

extension ReferenceState {
    /// The reference value that flows with the velocity: density, momentum, or E₀ + p₀.
    @inline(__always) func flowing(_ variable: Int, directions: Int) -> Scalar {
        variable == 0 ? density : variable <= directions ? momentum[variable - 1] : enthalpy
    }

    /// The flux of a conserved variable in the reference state along a direction.
    @inline(__always) func flux(_ variable: Int, direction: Int, directions: Int) -> Scalar {
        flowing(variable, directions: directions) * velocity[direction]
            + (variable == 1 + direction ? pressure : 0)
    }
}
