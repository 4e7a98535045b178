import Fluids
import Numerics

/// Access to the cells around a row of faces: cell (plane, middle) lies on the upper side of the face.
struct CellNeighbourhood<Scalar: Real> {
    let ring: PlaneRing<Scalar>
    let plane: Int
    let middle: Int

    /// Variable 0 of the cell shifted by whole cells along the middle and march axes.
    @inline(__always) func row(middle middleShift: Int, march: Int) -> UnsafePointer<Scalar> {
        UnsafePointer(ring.plane(plane + march) + ring.shape.offset(row: middle + middleShift))
    }

    /// Variable 0 of the cell shifted by one along `direction` (0 x, …).
    @inline(__always) func row(shifted shift: SIMD4<Int>) -> UnsafePointer<Scalar> {
        let shape = ring.shape
        let march = shape.rank == 1 ? 0 : shift[shape.rank - 1]
        let middle = shape.rank == 3 ? shift[1] : 0
        return row(middle: middle, march: march) + shift[0]
    }
}

/// The viscous flux of a Newtonian gas with Fourier heat conduction, second order:
///
///     τ_nj = μ(∂_n u_j + ∂_j u_n − ⅔ δ_nj ∇·u),   f_ρu_j = −τ_nj,   f_E = −Σ_j u_j τ_nj − k ∂_n T,   k = μ cp/Pr.
///
/// Normal derivatives are differences across the face, transverse ones are means of the central differences
/// in both cells.
struct ViscousFlux<Scalar: Real>: Sendable {
    typealias V = Scalar.Vector

    let variables: CellVariables
    let reference: ReferenceState<Scalar>
    let gas: Gas
    let spacing: [Double]

    /// Adds to the flux of `count` faces of one direction.
    @inline(never) func add(
        _ cells: CellNeighbourhood<Scalar>, direction: Int, count: Int, flux: UnsafeMutablePointer<Scalar>,
        fluxStride: Int
    ) {
        let names = variables
        let stride = cells.ring.shape.variableStride
        let directions = names.directions
        var down = SIMD4<Int>(repeating: 0)
        down[direction] = -1
        let upper = cells.row(shifted: .init(repeating: 0))
        let lower = cells.row(shifted: down)
        let inverse = Scalar(double: 1 / spacing[direction])
        let heat = Scalar(double: gas.conductivityRatio)
        let law = gas.viscosity
        withUnsafeTemporaryAllocation(of: UnsafePointer<Scalar>.self, capacity: 16) { transverse in
            // Rows one cell to either side, of the upper and the lower cell, for each transverse direction.
            for other in 0..<directions where other != direction {
                var step = SIMD4<Int>(repeating: 0)
                step[other] = 1
                transverse[4 * other] = cells.row(shifted: step)
                transverse[4 * other + 1] = cells.row(shifted: .init(repeating: 0) &- step)
                transverse[4 * other + 2] = cells.row(shifted: down &+ step)
                transverse[4 * other + 3] = cells.row(shifted: down &- step)
            }
            var face = 0
            while face < count {
                let temperature = names.temperature * stride + face
                let above = V(at: upper + temperature)
                let below = V(at: lower + temperature)
                let viscosity = law.viscosity((above + below) * V(0.5))
                // ∂_other of velocity component, at the face.
                func gradient(_ other: Int, _ component: Int) -> V {
                    let at = names.velocity(component) * stride + face
                    if other == direction { return (V(at: upper + at) - V(at: lower + at)) * V(inverse) }
                    let sum =
                        (V(at: transverse[4 * other] + at) - V(at: transverse[4 * other + 1] + at))
                        + (V(at: transverse[4 * other + 2] + at) - V(at: transverse[4 * other + 3] + at))
                    return sum * V(Scalar(double: 0.25 / spacing[other]))
                }
                var divergence = V(0)
                for other in 0..<directions { divergence = divergence + gradient(other, other) }
                var work = V(0)
                for component in 0..<directions {
                    var stress = gradient(direction, component) + gradient(component, direction)
                    if component == direction { stress = stress.subtracting(divergence, times: V(2 / 3)) }
                    stress = stress * viscosity
                    let at = names.velocity(component) * stride + face
                    let velocity =
                        (V(at: upper + at) + V(at: lower + at)) * V(0.5)
                        + V(reference.velocity[component])
                    work = work + velocity * stress
                    let momentum = flux + names.momentum(component) * fluxStride + face
                    (V(at: momentum) - stress).store(at: momentum)
                }
                let target = flux + names.energy * fluxStride + face
                let energy = work + (above - below) * V(inverse) * viscosity * V(heat)
                (V(at: target) - energy).store(at: target)
                face &+= V.count
            }
        }
    }
}
