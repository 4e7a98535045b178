import Fluids
import Numerics

extension StateReconstruction {
    /// Density, normal velocity and pressure by way of the waves that the face's mean state separates them into
    /// (Harten, Engquist, Osher & Chakravarthy 1987, doi:10.1016/0021-9991(87)90031-3, in primitive form):
    ///
    ///     w∓ = p ∓ ρ̂ĉu,   w₀ = ρ − p/ĉ²;      p = ½(w₋ + w₊),   u = (w₊ − w₋)/(2ρ̂ĉ),   ρ = w₀ + p/ĉ²
    ///
    /// with ρ̂ and p̂ halfway between the two adjacent cells, ĉ = c(ρ̂, p̂). A shock is then a jump of one wave, where
    /// variable by variable several jumps interfere. Transverse velocities are waves already. In a mirror w₋ and w₊ change
    /// places to the bit.
    @inline(never) static func waves<R: Reconstruction, F: Fluid>(
        _: R.Type, _ fluid: F, _ stencil: FaceStencil<Scalar>, _ face: Int, _ count: Int,
        _ rows: SideRows<Scalar>
    ) where F.Scalar == Scalar {
        typealias V = Scalar.Vector
        let place = { (row: Int) in rows.variable(row) * stencil.variableStride + face }
        let means = (V(rows.mean(0)), V(rows.mean(1)), V(rows.mean(2)))
        for at in stride(from: 0, to: count, by: V.count) {
            let density = SixCells<V>(stencil, place(0) + at)
            let velocity = SixCells<V>(stencil, place(1) + at)
            let pressure = SixCells<V>(stencil, place(2) + at)
            let meanDensity = means.0 + (density.c2 + density.c3) * V(0.5)
            let square = fluid.soundSpeedSquared(
                pressure: means.2 + (pressure.c2 + pressure.c3) * V(0.5), inverseDensity: V(1) / meanDensity)
            let impedance = meanDensity * square.root
            let inverseSquare = V(1) / square

            let slower = SixCells(pressure, velocity) { $0.subtracting(impedance, times: $1) }
            let faster = SixCells(pressure, velocity) { $0.adding(impedance, times: $1) }
            let entropy = SixCells(density, pressure) { $0.subtracting($1, times: inverseSquare) }

            let half = V(0.5) / impedance
            func store(_ slower: V, _ faster: V, _ entropy: V, _ side: SideRows<Scalar>.Row) {
                let pressure = (slower + faster) * V(0.5)
                (entropy.adding(pressure, times: inverseSquare) + means.0).store(at: side + at)
                ((faster - slower) * half + means.1).store(at: side + rows.width + at)
                (pressure + means.2).store(at: side + 2 * rows.width + at)
            }
            store(slower.left(R.self), faster.left(R.self), entropy.left(R.self), rows.left)
            store(slower.right(R.self), faster.right(R.self), entropy.right(R.self), rows.right)
        }
    }
}
