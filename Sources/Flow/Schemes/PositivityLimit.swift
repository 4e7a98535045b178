import Fluids
import Numerics

/// Whether a face's flux alone could take density or pressure of a neighbouring cell under a tenth of its
/// value.
///
/// The updated state is a mean over faces of q ∓ κ f̂, with a κ for each direction (`Signal.reach`); if each
/// term is admissible, so is their mean. Term by term: ρ* > ε ρ and ρ*(E* − h₀ − ε (h − h₀)) − ½|m*|² > 0, where h₀ is the
/// least heat of the fluid, ε = 0.1 (Hu, Adams & Shu 2013, doi:10.1016/j.jcp.2013.01.024).
struct PositivityLimit<F: Fluid> {
    typealias Scalar = F.Scalar
    typealias V = Scalar.Vector

    static var share: Scalar { 0.1 }

    private let reference: ReferenceState<Scalar>
    private let leastHeat: Scalar
    /// What turns a pressure into its share of the reserve: ε times (h − h₀) of a unit of it, and that of p₀.
    private let heatShare: Scalar
    private let reserve: Scalar
    private let direction: Int
    private let directions: Int
    private let reach: Scalar

    @inline(__always) init(
        fluid: F, reference: ReferenceState<Scalar>, direction: Int, directions: Int, reach: Scalar
    ) {
        self.reference = reference
        leastHeat = fluid.leastHeat
        heatShare = fluid.heatChange(pressure: Self.share)
        reserve = fluid.reserve(pressure: reference.pressure)
        self.direction = direction
        self.directions = directions
        self.reach = reach
    }

    /// Lanes whose flux endangers the cell on either side.
    @inline(__always) func violated(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ flux: UnsafePointer<Scalar>, _ fluxStride: Int
    ) -> V.Mask {
        V.or(
            endangered(stencil.cell2 + face, stencil.variableStride, -reach, flux, fluxStride),
            endangered(stencil.cell3 + face, stencil.variableStride, reach, flux, fluxStride))
    }

    /// `kappa`: minus the reach for the cell that the flux leaves, plus for the one that it enters.
    @inline(__always) private func endangered(
        _ cell: UnsafePointer<Scalar>, _ stride: Int, _ kappa: Scalar, _ flux: UnsafePointer<Scalar>,
        _ fluxStride: Int
    ) -> V.Mask {
        let next = updated(cell, stride, kappa, flux, fluxStride)
        // Without the division by the density.
        let enough = (next.density * next.margin).subtracting(next.kinetic, times: V(0.5))
        return V.or(V.less(next.density, next.least), V.less(enough, V(0)))
    }

    /// What a flux alone would leave of a cell: density, the least one, the energy less than what is kept as heat, |m|².
    @inline(__always) private func updated(
        _ cell: UnsafePointer<Scalar>, _ stride: Int, _ kappa: Scalar, _ flux: UnsafePointer<Scalar>,
        _ fluxStride: Int
    ) -> (density: V, least: V, margin: V, kinetic: V) {
        let k = V(kappa)
        // The reference flux is added as a constant: q₀ + κ F₀.
        let normal = reference.velocity[direction]
        let names = CellVariables(directions: directions, viscous: false)
        let density = V(at: cell)
        let newDensity =
            density.adding(V(at: flux), times: k)
            + V(reference.density + kappa * reference.density * normal)
        var kinetic = V(0)
        for component in 0..<directions {
            let constant =
                reference.momentum[component] + kappa * reference.momentum[component] * normal
                + (component == direction ? kappa * reserve : 0)
            let momentum =
                V(at: cell + (1 + component) * stride)
                .adding(V(at: flux + (1 + component) * fluxStride), times: k) + V(constant)
            // Plain sums: x and y may change places.
            let square = momentum * momentum
            kinetic = component == 0 ? square : kinetic + square
        }
        let energy =
            V(at: cell + (directions + 1) * stride)
            .adding(V(at: flux + (directions + 1) * fluxStride), times: k)
            + V(reference.energy - leastHeat + kappa * reference.enthalpy * normal)
        let pressure = V(at: cell + names.totalPressure * stride) + V(reserve)
        // Σ counts as pressure, which errs on the safe side.
        let margin = energy.subtracting(pressure, times: V(heatShare))
        return (newDensity, (density + V(reference.density)) * V(Self.share), margin, kinetic)
    }

    /// Moves a flux toward the first-order one as far as it takes to leave both cells their share of density, then of heat.
    /// What is kept of it, θ, is continuous: with the excess g over the least value, concave along the way,
    ///
    ///     θ = min over both cells g₁/(g₁ − g) where g < 0.
    @inline(never) func approach(
        _ first: UnsafePointer<Scalar>, _ firstStride: Int, _ stencil: FaceStencil<Scalar>, _ face: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        for ofHeat in [false, true] {
            let cell = { (cell: UnsafePointer<Scalar>, kappa: Scalar) in
                let excess = { (flux: UnsafePointer<Scalar>, fluxStride: Int) in
                    let next = updated(cell + face, stencil.variableStride, kappa, flux, fluxStride)
                    return ofHeat
                        ? next.margin - next.kinetic * V(0.5) / next.density : next.density - next.least
                }
                let wanted = excess(flux, fluxStride)
                let safe = V.larger(V(0), excess(first, firstStride))
                return V.choose(V.less(wanted, V(0)), safe / (safe - wanted), V(1))
            }
            let kept = V.smaller(cell(stencil.cell2, -reach), cell(stencil.cell3, reach))
            let isLess = V.less(kept, V(1))
            for variable in 0..<directions + 2 {
                let full = V(at: flux + variable * fluxStride)
                let least = V(at: first + variable * firstStride)
                V.choose(isLess, least + kept * (full - least), full).store(at: flux + variable * fluxStride)
            }
        }
    }
}
