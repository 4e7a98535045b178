import Fluids
import Foundation
import Testing

/// Toro 2009, table 4.3 (doi:10.1007/b79761): pressure and velocity between the outer waves, γ = 1.4.
private let published: [(name: String, left: [Double], right: [Double], pressure: Double, velocity: Double)] =
    [
        ("Sod", [1, 0, 1], [0.125, 0, 0.1], 0.30313, 0.92745),
        ("123", [1, -2, 0.4], [1, 2, 0.4], 0.00189, 0),
        ("left blast", [1, 0, 1000], [1, 0, 0.01], 460.894, 19.5975),
        ("right blast", [1, 0, 0.01], [1, 0, 100], 46.0950, -6.19633),
        ("colliding", [5.99924, 19.5975, 460.894], [5.99242, -6.19633, 46.0950], 1691.64, 8.68975),
    ]

private let air = FluidModel.air.law

private func state(_ values: [Double]) -> RiemannState {
    RiemannState(density: values[0], velocity: values[1], pressure: values[2])
}

@Test("The star states of Toro's five tests are met to the published digits", arguments: published.indices)
func starStates(index: Int) {
    let test = published[index]
    let exact = ExactRiemann(left: state(test.left), right: state(test.right), fluid: air)
    #expect(abs(exact.starPressure - test.pressure) < max(6e-6, 2e-5 * test.pressure))
    #expect(abs(exact.starVelocity - test.velocity) < max(6e-6, 2e-5 * abs(test.velocity)))
}

@Test("Densities beside the contact are Toro's") func starDensities() {
    let exact = ExactRiemann(left: state([1, 0, 1]), right: state([0.125, 0, 0.1]), fluid: air)
    #expect(abs(exact.state(atSpeed: exact.starVelocity - 1e-9).density - 0.42632) < 6e-6)
    #expect(abs(exact.state(atSpeed: exact.starVelocity + 1e-9).density - 0.26557) < 6e-6)
}

@Test("Far rays carry the outer states") func outerStates() {
    let (left, right) = (state([1, 0.75, 1]), state([0.125, 0, 0.1]))
    let exact = ExactRiemann(left: left, right: right, fluid: air)
    #expect(exact.state(atSpeed: -10) == left)
    #expect(exact.state(atSpeed: 10) == right)
}

@Test("A mirrored problem has the mirrored solution") func mirror() {
    let (left, right) = (state([1, 0.3, 2]), state([0.4, -0.2, 0.1]))
    let exact = ExactRiemann(left: left, right: right, fluid: air)
    let mirrored = ExactRiemann(left: state([0.4, 0.2, 0.1]), right: state([1, -0.3, 2]), fluid: air)
    for speed in stride(from: -3.0, through: 3, by: 0.37) {
        let (one, other) = (exact.state(atSpeed: speed), mirrored.state(atSpeed: -speed))
        #expect(abs(one.density - other.density) < 1e-12)
        #expect(abs(one.velocity + other.velocity) < 1e-12)
        #expect(abs(one.pressure - other.pressure) < 1e-12)
    }
}

@Test("Two fast rarefactions leave a vacuum with continuous fans beside it") func vacuum() {
    let exact = ExactRiemann(left: state([1, -10, 1]), right: state([1, 10, 1]), fluid: air)
    #expect(exact.hasVacuum)
    #expect(exact.state(atSpeed: 0).density == 0)
    let sound = 1.4.squareRoot()
    let edge = exact.state(atSpeed: -10 + 5 * sound - 1e-6)
    #expect(edge.density > 0 && edge.density < 1e-10)
    #expect(abs(exact.state(atSpeed: -10 - sound + 1e-9).density - 1) < 1e-8)
}

@Test("Gas that expands into a vacuum reaches 2c/(γ−1)") func expansionIntoVacuum() {
    let exact = ExactRiemann(left: state([1, 0, 1]), right: state([0, 0, 0]), fluid: air)
    let front = 5 * 1.4.squareRoot()
    #expect(exact.state(atSpeed: front - 1e-3).density > 0)
    #expect(exact.state(atSpeed: front + 1e-3).density == 0)
}

/// Water as a stiffened gas (Cocchi, Saurel & Loraud 1996, doi:10.1006/jcph.1996.0155), in GPa, g/cm³ and km/s.
private let water = FluidModel.stiffened(StiffenedGas(heatRatio: 6.12, stiffness: 0.343)).law

@Test("A stiffened gas moves as the ideal gas of p + p∞", arguments: [0, 0.1, 3.2])
func equivalence(opening: Double) {
    let (left, right) = (state([1.1, 0, 1]), state([1, opening, 1e-4]))
    let lift = { (state: RiemannState) in
        RiemannState(density: state.density, velocity: state.velocity, pressure: state.pressure + 0.343)
    }
    let liquid = ExactRiemann(left: left, right: right, fluid: water)
    let gas = ExactRiemann(
        left: lift(left), right: lift(right), fluid: FluidModel.ideal(IdealGas(heatRatio: 6.12)).law)
    #expect(liquid.hasVacuum == gas.hasVacuum)
    for speed in stride(from: -5.0, through: 7, by: 0.093) {
        let (one, other) = (liquid.state(atSpeed: speed), gas.state(atSpeed: speed))
        #expect(abs(one.density - other.density) < 1e-14)
        #expect(abs(one.velocity - other.velocity) < 1e-14)
        #expect(abs(one.pressure + 0.343 - other.pressure) < 1e-14)
    }
}

@Test("The waves of a stiffened gas keep mass, momentum and energy, and entropy in the fan")
func stiffenedWaves() throws {
    let exact = ExactRiemann(left: state([1.1, 0, 1]), right: state([1, 0, 1e-4]), fluid: water)
    let (behind, ahead) = (exact.state(atSpeed: exact.starVelocity + 1e-9), exact.right)
    // The speed of the shock from the mass that passes it; then momentum and energy have to agree.
    let speed = behind.density * behind.velocity / (behind.density - ahead.density)
    let flux = { (state: RiemannState) -> [Double] in
        let velocity = state.velocity - speed
        let mass = state.density * velocity
        // h of a stiffened gas is (p + γp∞)/(γ − 1).
        let enthalpy = ((state.pressure + 6.12 * 0.343) / 5.12 + state.pressure) / state.density
        return [mass, mass * velocity + state.pressure, mass * (enthalpy + velocity * velocity / 2)]
    }
    for (one, other) in zip(flux(behind), flux(ahead)) {
        #expect(abs(one - other) < 1e-13 * abs(other) + 1e-13)
    }
    #expect(exact.state(atSpeed: speed - 1e-9) == behind && exact.state(atSpeed: speed + 1e-9) == ahead)
    let entropy = { (state: RiemannState) in (state.pressure + 0.343) / pow(state.density, 6.12) }
    for ray in stride(from: -3.0, to: exact.starVelocity, by: 0.1) {
        #expect(abs(entropy(exact.state(atSpeed: ray)) / entropy(exact.left) - 1) < 1e-12)
    }
}

@Test("A vacuum of a stiffened gas is where its pressure is the least that it bears")
func stiffenedVacuum() {
    let exact = ExactRiemann(left: state([1, -20, 0.1]), right: state([1, 20, 0.1]), fluid: water)
    #expect(exact.hasVacuum)
    let middle = exact.state(atSpeed: 0)
    #expect(middle.density == 0 && middle.pressure == -0.343)
}
