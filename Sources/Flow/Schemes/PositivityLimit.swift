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
        let enough = (newDensity * margin).subtracting(kinetic, times: V(0.5))
        let least = (density + V(reference.density)) * V(Self.share)
        return V.or(V.less(newDensity, least), V.less(enough, V(0)))
    }
}
