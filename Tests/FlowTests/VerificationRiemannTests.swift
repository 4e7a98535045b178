import Flow
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

private func state(_ values: [Double]) -> RiemannState {
    RiemannState(density: values[0], velocity: values[1], pressure: values[2])
}

@Test("The star states of Toro's five tests are met to the published digits", arguments: published.indices)
func starStates(index: Int) {
    let test = published[index]
    let exact = ExactRiemann(left: state(test.left), right: state(test.right), gamma: 1.4)
    #expect(abs(exact.starPressure - test.pressure) < max(6e-6, 2e-5 * test.pressure))
    #expect(abs(exact.starVelocity - test.velocity) < max(6e-6, 2e-5 * abs(test.velocity)))
}

@Test("Densities beside the contact are Toro's") func starDensities() {
    let exact = ExactRiemann(left: state([1, 0, 1]), right: state([0.125, 0, 0.1]), gamma: 1.4)
    #expect(abs(exact.state(atSpeed: exact.starVelocity - 1e-9).density - 0.42632) < 6e-6)
    #expect(abs(exact.state(atSpeed: exact.starVelocity + 1e-9).density - 0.26557) < 6e-6)
}

@Test("Far rays carry the outer states") func outerStates() {
    let (left, right) = (state([1, 0.75, 1]), state([0.125, 0, 0.1]))
    let exact = ExactRiemann(left: left, right: right, gamma: 1.4)
    #expect(exact.state(atSpeed: -10) == left)
    #expect(exact.state(atSpeed: 10) == right)
}

@Test("A mirrored problem has the mirrored solution") func mirror() {
    let (left, right) = (state([1, 0.3, 2]), state([0.4, -0.2, 0.1]))
    let exact = ExactRiemann(left: left, right: right, gamma: 1.4)
    let mirrored = ExactRiemann(left: state([0.4, 0.2, 0.1]), right: state([1, -0.3, 2]), gamma: 1.4)
    for speed in stride(from: -3.0, through: 3, by: 0.37) {
        let (one, other) = (exact.state(atSpeed: speed), mirrored.state(atSpeed: -speed))
        #expect(abs(one.density - other.density) < 1e-12)
        #expect(abs(one.velocity + other.velocity) < 1e-12)
        #expect(abs(one.pressure - other.pressure) < 1e-12)
    }
}

@Test("Two fast rarefactions leave a vacuum with continuous fans beside it") func vacuum() {
    let exact = ExactRiemann(left: state([1, -10, 1]), right: state([1, 10, 1]), gamma: 1.4)
    #expect(exact.hasVacuum)
    #expect(exact.state(atSpeed: 0).density == 0)
    let sound = 1.4.squareRoot()
    let edge = exact.state(atSpeed: -10 + 5 * sound - 1e-6)
    #expect(edge.density > 0 && edge.density < 1e-10)
    #expect(abs(exact.state(atSpeed: -10 - sound + 1e-9).density - 1) < 1e-8)
}

@Test("Gas that expands into a vacuum reaches 2c/(γ−1)") func expansionIntoVacuum() {
    let exact = ExactRiemann(left: state([1, 0, 1]), right: state([0, 0, 0]), gamma: 1.4)
    let front = 5 * 1.4.squareRoot()
    #expect(exact.state(atSpeed: front - 1e-3).density > 0)
    #expect(exact.state(atSpeed: front + 1e-3).density == 0)
}
