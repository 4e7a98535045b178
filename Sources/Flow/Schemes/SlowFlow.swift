import Fluids
import Numerics

/// Takes back from a linear flux what sound has no part in where gas flows slowly: with one speed λ for all waves, what slow gas
/// carries is smeared as fast as sound travels. With D· = Σ d_k (·)_k of ``IGRFlux``, û, ρ̂, ĉ, Ĥ the means of the two adjacent
/// cells and r the part of Dq that is sound (Roe 1981, doi:10.1016/0021-9991(81)90128-5),
///
///     f̂ ← f̂ − sĉ(Dq − r),   r = (A, Aû + B, Av̂, AĤ + Bû),   A = DP/ĉ²,   B = ρ̂Du,   s = max(0, 1 − 9M²),
///
/// M being the Mach number of the mean velocity. From Mach ⅓ on nothing changes: one speed keeps shocks quiet along their fronts,
/// and no normal shock leaves less than √((γ − 1)/2γ), 0.378 in air.
struct SlowFlow<Scalar: Real> {
    typealias V = Scalar.Vector

    let reference: ReferenceState<Scalar>
    let weights: LinearWeights<Scalar>
    let direction: Int
    let directions: Int

    /// Corrects the flux of a vector of faces.
    @inline(__always) func correct(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        let names = CellVariables(directions: directions, viscous: false)
        var square = V(0)
        for component in 0..<directions {
            let velocity = mean(stencil, face, names.velocity(component)) + V(reference.velocity[component])
            // Plain sums: x and y may change places.
            square = component == 0 ? velocity * velocity : square + velocity * velocity
        }
        let sound = mean(stencil, face, names.soundSpeed)
        let soundSquare = sound * sound
        // s ĉ², before it is cut off at 0.
        let slow = V.larger(V(0), soundSquare - square * V(9))
        guard V.any(V.less(V(0), slow)) else { return }
        remove(slow / sound, sound, stencil, face, flux, fluxStride)
    }

    @inline(never) private func remove(
        _ speed: V, _ sound: V, _ stencil: FaceStencil<Scalar>, _ face: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        let names = CellVariables(directions: directions, viscous: false)
        let density = mean(stencil, face, names.density) + V(reference.density)
        let heat =
            mean(stencil, face, names.energy) + mean(stencil, face, names.totalPressure)
            + V(reference.enthalpy)
        let normal = mean(stencil, face, names.velocity(direction)) + V(reference.velocity[direction])
        let compressed = difference(stencil, face, names.totalPressure) / (sound * sound)
        let pushed = density * difference(stencil, face, names.velocity(direction))
        for variable in 0..<directions + 2 {
            var ofSound = compressed
            if variable == names.energy {
                ofSound = compressed * (heat / density) + pushed * normal
            } else if variable == names.momentum(direction) {
                ofSound = compressed * normal + pushed
            } else if variable != names.density {
                let component = variable - 1
                ofSound =
                    compressed
                    * (mean(stencil, face, names.velocity(component)) + V(reference.velocity[component]))
            }
            let target = flux + variable * fluxStride
            (V(at: target) - speed * (difference(stencil, face, variable) - ofSound)).store(at: target)
        }
    }

    /// The mean deviation of the two adjacent cells.
    @inline(__always) private func mean(_ stencil: FaceStencil<Scalar>, _ face: Int, _ variable: Int) -> V {
        let at = variable * stencil.variableStride + face
        return (V(at: stencil.cell2 + at) + V(at: stencil.cell3 + at)) * V(0.5)
    }

    /// Σ d_k q_k, mirrored cells first.
    @inline(__always) private func difference(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ variable: Int
    ) -> V {
        let q = SixCells<V>(stencil, variable * stencil.variableStride + face)
        return ((q.c2 - q.c3) * V(weights.upwind.0) + (q.c1 - q.c4) * V(weights.upwind.1))
            + (q.c0 - q.c5) * V(weights.upwind.2)
    }
}
