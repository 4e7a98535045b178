import Fluids
import Numerics

/// The flux of Information Geometric Regularization: linear, upwind-biased, local Lax–Friedrichs, with the
/// entropic pressure in the momentum and energy fluxes (Cao & Schäfer 2023, arXiv:2308.14127; Wilfong et al.
/// 2025, arXiv:2505.07392).
///
/// With the weights c_k (centre) and d_k (upwind) of `LinearWeights`, u the normal velocity, P = p + Σ and
/// λ = max(|u| + √(γP/ρ)) of the two adjacent cells, each cell gets *one* weight w_k = c_k u_k − λ d_k, and
///
///     f̂_ρ = Σ w_k ρ_k,   f̂_ρu = Σ w_k (ρu)_k + e_n Σ c_k P_k,   f̂_E = Σ w_k E_k + Σ c_k u_k P_k.
///
/// Everything is advected by the same weights, so constant velocity and pressure survive any density profile.
/// There is no division and no root. Terms that a mirror exchanges are added first, as plain products: a mirrored flow has the
/// mirrored flux to the bit. Deviations from the reference state are used throughout: F − F₀ = Σ w_k
/// q′_k + q₀ Σ c_k u′_k + ….
///
/// A face falls back to first order where the interpolated pressure undershoots both neighbours by 5 %, or
/// where the step would take density or pressure of either neighbour under a tenth of itself (the cut-off
/// criterion of Hu, Adams & Shu 2013, doi:10.1016/j.jcp.2013.01.024). First order with this λ is positive,
/// and both sides of a face see the same flux.
package struct IGRFlux<Gas: Fluid>: FaceFlux {
    package typealias Scalar = Gas.Scalar
    typealias V = Scalar.Vector

    package static var usesEntropicPressure: Bool { true }

    private let context: FluxContext<Gas>
    private let weights: LinearWeights<Scalar>

    package init(_ context: FluxContext<Gas>) {
        self.context = context
        weights = LinearWeights(order: context.order)
    }

    @inline(never) package func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> FaceTally {
        // Literal ranks let the loops over directions unroll.
        switch context.variables.directions {
        case 1: loop(stencil, direction, 1, count, reach, flux, fluxStride)
        case 2: loop(stencil, direction, 2, count, reach, flux, fluxStride)
        default: loop(stencil, direction, 3, count, reach, flux, fluxStride)
        }
    }

    @inline(__always) private func loop(
        _ stencil: FaceStencil<Scalar>, _ direction: Int, _ directions: Int, _ count: Int, _ reach: Scalar,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> FaceTally {
        let reference = context.reference
        let limits = PositivityLimit(
            fluid: context.fluid, reference: reference, direction: direction, directions: directions,
            reach: reach)
        let firstOrder = FirstOrderFlux(reference: reference, direction: direction, directions: directions)
        var fallbacks = 0
        var face = 0
        while face < count {
            let undershoot = evaluate(
                stencil, face, direction, directions, weights, reference, flux + face, fluxStride)
            let negative = limits.violated(stencil, face, flux + face, fluxStride)
            let troubled = V.or(undershoot, negative)
            if V.any(troubled) {
                fallbacks += V.count(troubled, first: count - face)
                firstOrder.replace(where: troubled, stencil, face, flux + face, fluxStride)
            }
            face &+= V.count
        }
        return FaceTally(fallbacks: fallbacks)
    }

    /// Writes the linear flux of a vector of faces.
    @inline(__always) func write(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        _ = evaluate(
            stencil, face, direction, directions, weights, context.reference, flux, fluxStride)
    }

    /// Writes the flux with the given weights and tells where the interpolated pressure undershoots.
    @inline(__always) private func evaluate(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int,
        _ weights: LinearWeights<Scalar>, _ reference: ReferenceState<Scalar>,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> V.Mask {
        let stride = stencil.variableStride
        let variables = CellVariables(directions: directions, viscous: false)
        let c2 = V(weights.centre.0)
        let c1 = V(weights.centre.1)
        let c0 = V(weights.centre.2)
        let velocity = variables.velocity(direction) * stride + face
        let v0 = V(at: stencil.cell0 + velocity)
        let v1 = V(at: stencil.cell1 + velocity)
        let v2 = V(at: stencil.cell2 + velocity)
        let v3 = V(at: stencil.cell3 + velocity)
        let v4 = V(at: stencil.cell4 + velocity)
        let v5 = V(at: stencil.cell5 + velocity)
        let mean = V(reference.velocity[direction])
        let sound = variables.soundSpeed * stride + face
        let speed = V.larger(
            (mean + v2).magnitudes + V(at: stencil.cell2 + sound),
            (mean + v3).magnitudes + V(at: stencil.cell3 + sound))

        // Interpolated velocity and pressure deviations.
        let velocityDeviation = ((v2 + v3) * c2).adding(v1 + v4, times: c1).adding(v0 + v5, times: c0)
        let pressure = variables.totalPressure * stride + face
        let p0 = V(at: stencil.cell0 + pressure)
        let p1 = V(at: stencil.cell1 + pressure)
        let p2 = V(at: stencil.cell2 + pressure)
        let p3 = V(at: stencil.cell3 + pressure)
        let p4 = V(at: stencil.cell4 + pressure)
        let p5 = V(at: stencil.cell5 + pressure)
        let pressureDeviation = ((p2 + p3) * c2).adding(p1 + p4, times: c1).adding(p0 + p5, times: c0)

        // c_k u_k, then the work of the pressure, then w_k.
        let cu0 = (mean + v0) * c0
        let cu1 = (mean + v1) * c1
        let cu2 = (mean + v2) * c2
        let cu3 = (mean + v3) * c2
        let cu4 = (mean + v4) * c1
        let cu5 = (mean + v5) * c0
        let work = (cu2 * p2 + cu3 * p3) + (cu1 * p1 + cu4 * p4) + (cu0 * p0 + cu5 * p5)
        let d2 = speed * V(weights.upwind.0)
        let d1 = speed * V(weights.upwind.1)
        let d0 = speed * V(weights.upwind.2)
        let w0 = cu0 + d0
        let w1 = cu1 + d1
        let w2 = cu2 + d2
        let w3 = cu3 - d2
        let w4 = cu4 - d1
        let w5 = cu5 - d0

        for variable in 0..<directions + 2 {
            let at = variable * stride + face
            let constant = V(reference.flowing(variable, directions: directions))
            let nearest = w2 * V(at: stencil.cell2 + at) + w3 * V(at: stencil.cell3 + at)
            let next = w1 * V(at: stencil.cell1 + at) + w4 * V(at: stencil.cell4 + at)
            let outermost = w0 * V(at: stencil.cell0 + at) + w5 * V(at: stencil.cell5 + at)
            var sum = (nearest + next + outermost).adding(constant, times: velocityDeviation)
            if variable == 1 + direction { sum = sum + pressureDeviation }
            if variable == directions + 1 { sum = sum + work }
            sum.store(at: flux + variable * fluxStride)
        }
        let total = V(context.fluid.reserve(pressure: reference.pressure))
        return V.less(total + pressureDeviation, (total + V.smaller(p2, p3)) * V(0.95))
    }
}
