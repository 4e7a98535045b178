import Fluids
import Numerics

/// How rough the flow is at a face: the fifth differences that make the linear flux dissipate, over the values of the two
/// adjacent cells. See ``LimitedIGRFlux``.
struct RoughnessSensor<F: Fluid> {
    typealias Scalar = F.Scalar
    typealias V = Scalar.Vector

    let fluid: F
    let reference: ReferenceState<Scalar>
    let direction: Int
    let directions: Int
    /// Limiting begins at half a per cent and is complete at two; with 16-bit numbers, whose rounding alone makes several
    /// thousandths, it begins and ends later.
    let isCoarse: Bool

    /// The share of the limited flux, and that of the one for shocks in it, 0 to 1.
    @inline(__always) func shares(_ stencil: FaceStencil<Scalar>, _ face: Int) -> (rough: V, shock: V) {
        let names = CellVariables(directions: directions, viscous: false)
        let at = { (variable: Int) in SixCells<V>(stencil, variable * stencil.variableStride + face) }
        let pressure = at(names.totalPressure)
        let density = at(names.density)
        let velocity = at(names.velocity(direction))
        let sound = names.soundSpeed * stencil.variableStride + face
        let reserve = V(fluid.reserve(pressure: reference.pressure))
        let ofPressure = change(pressure) / (reserve + V.smaller(pressure.c2, pressure.c3))
        let ofDensity = change(density) / (V(reference.density) + V.smaller(density.c2, density.c3))
        let ofVelocity =
            change(velocity) / V.smaller(V(at: stencil.cell2 + sound), V(at: stencil.cell3 + sound))
        let begin: Scalar = isCoarse ? 0.02 : 0.005
        // Rusanov's flux across pressure jumps of several times the smaller pressure only: it smears contacts that form there.
        return (
            Self.ramp(V.larger(ofPressure, V.larger(ofDensity, ofVelocity)), from: begin, to: 4 * begin),
            Self.ramp(ofPressure, from: 4, to: 16)
        )
    }

    /// |10(q₂ − q₃) − 5(q₁ − q₄) + (q₀ − q₅)|
    @inline(__always) private func change(_ q: SixCells<V>) -> V {
        let inner = ((q.c2 - q.c3) * V(10)).subtracting(q.c1 - q.c4, times: V(5))
        return (inner + (q.c0 - q.c5)).magnitudes
    }

    /// The smooth step from 0 to 1 between two values.
    @inline(__always) private static func ramp(_ change: V, from begin: Scalar, to end: Scalar) -> V {
        let part = (change - V(begin)) * V(1 / (end - begin))
        let x = V.larger(V(0), V.smaller(V(1), part))
        return x * x * (V(3) - (x + x))
    }
}
