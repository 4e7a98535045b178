import Numerics

/// From conserved variables to what the fluxes need, cell by cell, as deviations from the reference state:
///
///     u′ = (m′ − u₀ρ′)/ρ,   p′ = (γ−1)(E′ − ½(m′·u + m₀·u′)),   P′ = p′ + Σ,   c = √(γP/ρ).
struct PrimitiveKernel<Scalar: Real>: Sendable {
    typealias V = Scalar.Vector

    let variables: CellVariables
    let gamma: Scalar
    let gasConstant: Scalar
    let reference: ReferenceState<Scalar>

    /// Σ counts up to (γ+1)/(γ−1) times p: then P ≤ 2γp/(γ−1), and the first-order flux with the speed |u| +
    /// √(γP/ρ) keeps pressure positive (its condition is P √((γ−1)/(2ρp)) ≤ √(γP/ρ)).
    private var entropicShare: Scalar { (gamma + 1) / (gamma - 1) }

    /// Converts `count` cells of a row, rounded up to whole vectors.
    /// - Returns: whether density and pressure are positive (hence finite) in every cell.
    @inline(never) func convert(_ row: UnsafeMutablePointer<Scalar>, stride: Int, count: Int) -> Bool {
        switch variables.directions {
        case 1: loop(row, stride, count, 1)
        case 2: loop(row, stride, count, 2)
        default: loop(row, stride, count, 3)
        }
    }

    @inline(__always) private func loop(
        _ row: UnsafeMutablePointer<Scalar>, _ stride: Int, _ count: Int, _ directions: Int
    ) -> Bool {
        let names = CellVariables(directions: directions, viscous: variables.viscous)
        var sound = true
        var cell = 0
        while cell < count {
            let at = row + cell
            let deviation = V(at: at)
            let density = deviation + V(reference.density)
            let inverse = V(1) / density
            var kinetic = V(0)
            for direction in 0..<directions {
                let mean = V(reference.velocity[direction])
                let momentum = V(at: at + names.momentum(direction) * stride)
                let velocity = momentum.subtracting(mean, times: deviation) * inverse
                velocity.store(at: at + names.velocity(direction) * stride)
                kinetic = kinetic.adding(momentum, times: mean + velocity)
                    .adding(V(reference.momentum[direction]), times: velocity)
            }
            let energy = V(at: at + names.energy * stride)
            let pressure = energy.subtracting(kinetic, times: V(0.5)) * V(gamma - 1)
            let staticPressure = pressure + V(reference.pressure)
            let entropic = V.smaller(
                V(at: at + names.entropicPressure * stride), staticPressure * V(entropicShare))
            let totalPressure = pressure + entropic
            totalPressure.store(at: at + names.totalPressure * stride)
            let full = totalPressure + V(reference.pressure)
            (V.larger(full, V(Scalar.negligible)) * V(gamma) * inverse).root
                .store(at: at + names.soundSpeed * stride)
            if variables.viscous {
                (staticPressure * inverse * V(1 / gasConstant)).store(at: at + names.temperature * stride)
            }
            let positive = V.all(V.less(V(0), V.smaller(staticPressure, density)))
            sound = sound && positive
            cell += V.count
        }
        return sound
    }
}
