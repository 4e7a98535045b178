import Fluids
import Numerics

/// From conserved variables to what the fluxes need, cell by cell, as deviations from the reference state:
///
///     u′ = (m′ − u₀ρ′)/ρ,   h′ = E′ − ½(m′·u + m₀·u′),   p′ = p(h′),   P′ = p′ + Σ,   c = c(P, ρ).
///
/// p is at least that of a share of the kinetic energy where storage cannot tell; see ``Medium/leastHeatShare``. Σ counts up to `Fluid.largestEntropicRatio` times the reserve of p: then the first-order flux with the speed |u| + c
/// keeps the fluid admissible.
struct PrimitiveKernel<F: Fluid>: Sendable {
    typealias Scalar = F.Scalar
    typealias V = Scalar.Vector

    private let variables: CellVariables
    private let fluid: F
    private let reference: ReferenceState<Scalar>
    private let leastHeatShare: Scalar

    init(_ medium: Medium<F>) {
        variables = medium.variables
        fluid = medium.fluid
        reference = medium.reference
        leastHeatShare = medium.leastHeatShare
    }

    /// Converts `count` cells of a row, rounded up to whole vectors.
    /// - Returns: whether every cell is admissible (hence finite).
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
                // Directions are added without a fused product: x and y may change places.
                let part = (momentum * (mean + velocity)).adding(
                    V(reference.momentum[direction]), times: velocity)
                kinetic = direction == 0 ? part : kinetic + part
            }
            let energy = V(at: at + names.energy * stride)
            var pressure = fluid.pressureChange(heat: energy.subtracting(kinetic, times: V(0.5)))
            if leastHeatShare > 0 {
                var square = V(0)
                for direction in 0..<directions {
                    let full =
                        V(at: at + names.velocity(direction) * stride) + V(reference.velocity[direction])
                    let part = full * full
                    square = direction == 0 ? part : square + part
                }
                let heat = V(fluid.leastHeat) + density * square * V(leastHeatShare / 2)
                let least = fluid.pressure(heat: heat) - V(reference.pressure)
                // What is no number stays none.
                pressure = V.choose(V.less(pressure, least), least, pressure)
            }
            let staticPressure = pressure + V(reference.pressure)
            let reserve = fluid.reserve(pressure: staticPressure)
            let entropic = V.smaller(
                V(at: at + names.entropicPressure * stride), reserve * V(fluid.largestEntropicRatio))
            let totalPressure = pressure + entropic
            totalPressure.store(at: at + names.totalPressure * stride)
            let full = totalPressure + V(reference.pressure)
            let square = fluid.soundSpeedSquared(pressure: full, inverseDensity: inverse)
            V.larger(square, V(Scalar.negligible)).root.store(at: at + names.soundSpeed * stride)
            if variables.viscous {
                fluid.temperature(pressure: staticPressure, inverseDensity: inverse)
                    .store(at: at + names.temperature * stride)
            }
            let positive = V.all(V.less(V(0), V.smaller(reserve, density)))
            sound = sound && positive
            cell &+= V.count
        }
        return sound
    }
}
