import Fluids
import Numerics

/// Dissipation of a linear flux that does not smear by sound what travels with slow gas: what sound needs beyond the common speed
/// λ, split after Roe (1981, doi:10.1016/0021-9991(81)90128-5) at the mean û, ρ̂, ĉ, Ĥ of the two adjacent cells. With D· = Σ d_k (·)_k
/// of ``IGRFlux``, the fluxes of density, normal momentum, momentum across and energy get
///
///     A₁,   A₁û + A₂,   A₁v̂,   A₁Ĥ + A₂û,      A₁ = (a DP/ĉ + b ρ̂ Du)/ĉ,   A₂ = b DP/ĉ + a ρ̂ Du,
///     a = ½(λ₊ + λ₋) − λ,   b = ½(λ₊ − λ₋),   λ± = max(|û ± ĉ|, ĉ),   λ = |û| + ĉ min(1, 0.02 + 9M²),
///
/// M being the Mach number of the mean velocity. From Mach ⅓ on that is the flux of Lax and Friedrichs, which keeps shocks quiet along
/// their fronts.
struct AcousticDissipation<V: Lanes> {
    typealias Scalar = V.Element
    typealias Six = (V, V, V, V, V, V)

    /// λ
    let speed: V
    private let mass: V
    private let momentum: V
    private let energy: V
    private let velocity: (V, V, V)

    /// A common speed alone.
    @inline(__always) init(speed: V) {
        self.speed = speed
        (mass, momentum, energy) = (V(0), V(0), V(0))
        velocity = (V(0), V(0), V(0))
    }

    @inline(__always) init(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int,
        _ weights: LinearWeights<Scalar>, _ reference: ReferenceState<Scalar>, velocities u: Six,
        pressures p: Six
    ) where Scalar.Vector == V {
        let names = CellVariables(directions: directions, viscous: false)
        let half = V(0.5)
        @inline(__always) func sum(_ variable: Int) -> V {
            let at = variable * stencil.variableStride + face
            return V(at: stencil.cell2 + at) + V(at: stencil.cell3 + at)
        }
        @inline(__always) func average(_ component: Int) -> V {
            component < directions
                ? V(reference.velocity[component]) + sum(names.velocity(component)) * half : V(0)
        }
        velocity = (average(0), average(1), average(2))
        let normal = direction == 0 ? velocity.0 : direction == 1 ? velocity.1 : velocity.2
        // Squares are added as plain products: x and y may change places.
        var square = velocity.0 * velocity.0
        if directions > 1 { square = square + velocity.1 * velocity.1 }
        if directions > 2 { square = square + velocity.2 * velocity.2 }
        let sound = sum(names.soundSpeed) * half
        let density = V(reference.density) + sum(names.density) * half
        let heat = sum(names.energy) + (p.2 + p.3)

        let soundSquare = sound * sound
        let faster = V.larger((normal + sound).magnitudes, sound)
        let slower = V.larger((normal - sound).magnitudes, sound)
        @inline(__always) func difference(_ q: Six) -> V {
            ((q.2 - q.3) * V(weights.upwind.0)).adding(q.1 - q.4, times: V(weights.upwind.1)).adding(
                q.0 - q.5, times: V(weights.upwind.2))
        }
        let inverse = V(1) / (density * soundSquare)
        let inverseSound = inverse * density * sound
        speed =
            normal.magnitudes
            + V.smaller(sound, (sound * V(Self.least)).adding(square * inverseSound, times: V(Self.growth)))
        let even = (faster + slower) * half - speed
        let odd = (faster - slower) * half
        // ρ̂Du and DP/ĉ.
        let flow = density * difference(u)
        let push = difference(p) * inverseSound
        mass = (even * push + odd * flow) * inverseSound
        let pull = odd * push + even * flow
        let enthalpy = (V(reference.enthalpy) + heat * half) * (inverse * soundSquare)
        momentum = mass * normal + pull
        energy = mass * enthalpy + pull * normal
    }

    /// What the flux of a conserved variable gets.
    @inline(__always) func part(_ variable: Int, direction: Int, directions: Int) -> V {
        if variable == 0 { return mass }
        if variable == 1 + direction { return momentum }
        if variable == directions + 1 { return energy }
        return mass * (variable == 1 ? velocity.0 : variable == 2 ? velocity.1 : velocity.2)
    }

    /// (λ − |û|)/ĉ = least + growth·M²: 1 from Mach ⅓ on. No normal shock leaves less than √((γ − 1)/2γ), 0.378 in air.
    private static var least: Scalar { 0.02 }
    private static var growth: Scalar { 9 }
}
