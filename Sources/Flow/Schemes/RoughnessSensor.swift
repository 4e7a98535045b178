import Fluids
import Numerics

/// How rough the flow is at a face: the fifth differences that make the linear flux dissipate, over the values of the two
/// adjacent cells. See ``LimitedIGRFlux``.
struct RoughnessSensor<F: Fluid> {
    typealias Scalar = F.Scalar
    typealias V = Scalar.Vector

    /// Where limiting begins, and over which range it becomes complete.
    private static var threshold: Scalar { 0.05 }
    private static var range: Scalar { 0.15 }

    let fluid: F
    let reference: ReferenceState<Scalar>
    let direction: Int
    let directions: Int

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
        return (ramp(V.larger(ofPressure, V.larger(ofDensity, ofVelocity))), ramp(ofPressure))
    }

    /// |10(q₂ − q₃) − 5(q₁ − q₄) + (q₀ − q₅)|
    @inline(__always) private func change(_ q: SixCells<V>) -> V {
        let inner = ((q.c2 - q.c3) * V(10)).subtracting(q.c1 - q.c4, times: V(5))
        return (inner + (q.c0 - q.c5)).magnitudes
    }

    /// 0 up to the threshold, 1 beyond the range, continuously differentiable.
    @inline(__always) private func ramp(_ change: V) -> V {
        let part = (change - V(Self.threshold)) * V(1 / Self.range)
        let x = V.larger(V(0), V.smaller(V(1), part))
        return x * x * (V(3) - (x + x))
    }
}
