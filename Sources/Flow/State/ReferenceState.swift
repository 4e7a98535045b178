import Fluids
import Numerics

/// The constant state from which all stored and computed quantities are deviations.
///
/// With q = q₀ + q′ every flux is computed as F(q) − F(q₀) without ever forming the difference of two large
/// numbers, so that 32-bit arithmetic resolves a wave of amplitude 10⁻⁵ as well as one of amplitude 1, and a
/// uniform flow (q′ = 0) is preserved to the last bit in every precision. Any admissible state serves; see
/// ``InitialField/reference(_:)`` for the one that is taken.
package struct ReferenceState<Scalar: Real>: Sendable {
    /// Density, momentum, total energy density; unused momentum components are zero.
    package let density: Scalar
    package let momentum: Components<Scalar>
    package let energy: Scalar
    package let velocity: Components<Scalar>
    package let pressure: Scalar
    /// (E₀ + p₀), what the energy flux carries.
    package let enthalpy: Scalar

    /// - Parameter conserved: density, momentum per direction, energy.
    package init(conserved: [Double], law: FluidLaw) {
        self.init(conserved: conserved, pressure: law.primitive(conserved: conserved)[conserved.count - 1])
    }

    /// The same in any fluid, whose pressure it is.
    package init(conserved: [Double], pressure staticPressure: Double) {
        let directions = conserved.count - 2
        let momenta = (0..<directions).map { conserved[1 + $0] }
        var momentum = Components<Scalar>()
        var velocity = Components<Scalar>()
        for (direction, value) in momenta.enumerated() {
            momentum[direction] = Scalar(double: value)
            velocity[direction] = Scalar(double: value / conserved[0])
        }
        density = Scalar(double: conserved[0])
        self.momentum = momentum
        self.velocity = velocity
        energy = Scalar(double: conserved[directions + 1])
        pressure = Scalar(double: staticPressure)
        enthalpy = Scalar(double: conserved[directions + 1] + staticPressure)
    }

    /// The value of conserved variable `index` in a flow with `directions` velocity components.
    package func conserved(_ index: Int, directions: Int) -> Scalar {
        index == 0 ? density : index <= directions ? momentum[index - 1] : energy
    }
}
