import Fluids
import Foundation
import Testing

/// Values of the tables and charts of NACA report 1135 (Ames Research Staff 1953), γ = 1.4.
@Suite("Exact relations of gas dynamics") struct GasDynamicsTests {
    private let degree = Double.pi / 180

    @Test(
        "Normal shocks",
        arguments: [(2.0, 4.5, 2.6667, 0.57735, 0.72087), (3.0, 10.333, 3.8571, 0.47519, 0.32834)])
    func normalShock(mach: Double, pressure: Double, density: Double, behind: Double, total: Double) {
        let shock = NormalShock(mach: mach, heatRatio: 1.4)
        #expect(abs(shock.pressureRatio / pressure - 1) < 1e-4)
        #expect(abs(shock.densityRatio / density - 1) < 1e-4)
        #expect(abs(shock.machBehind / behind - 1) < 1e-4)
        #expect(abs(shock.totalPressureRatio / total - 1) < 1e-4)
    }

    @Test("Pitot pressures", arguments: [(1.0, 1.8929), (2.0, 5.6404), (3.0, 12.061), (6.0, 46.815)])
    func pitot(mach: Double, ratio: Double) {
        #expect(abs(NormalShock(mach: mach, heatRatio: 1.4).pitotPressureRatio / ratio - 1) < 1e-4)
    }

    @Test(
        "Weak and strong shocks of a wedge",
        arguments: [(2.0, 10.0, 39.31), (2.5, 15.0, 36.94), (3.0, 15.0, 32.24)])
    func oblique(mach: Double, wedge: Double, weak: Double) throws {
        let shock = try #require(ObliqueShock(mach: mach, heatRatio: 1.4, deflection: wedge * degree))
        #expect(abs(shock.angle / degree - weak) < 0.01)
        #expect(shock.machBehind > 1)
        let strong = try #require(
            ObliqueShock(mach: mach, heatRatio: 1.4, deflection: wedge * degree, branch: .strong))
        #expect(strong.machBehind < 1)
        #expect(abs(strong.deflection / degree - wedge) < 1e-9)
    }

    @Test(
        "A wedge beyond the largest deflection has no attached shock",
        arguments: [(2.0, 22.97), (3.0, 34.07)])
    func detachment(mach: Double, largest: Double) {
        #expect(abs(ObliqueShock.largestDeflection(mach: mach, heatRatio: 1.4) / degree - largest) < 0.01)
        #expect(ObliqueShock(mach: mach, heatRatio: 1.4, deflection: (largest + 0.1) * degree) == nil)
        #expect(ObliqueShock(mach: mach, heatRatio: 1.4, deflection: (largest - 0.1) * degree) != nil)
    }

    @Test(
        "Prandtl–Meyer angles",
        arguments: [(1.0, 0.0), (1.5, 11.905), (2.0, 26.380), (3.0, 49.757), (6.0, 84.956)])
    func prandtlMeyer(mach: Double, angle: Double) throws {
        #expect(abs(PrandtlMeyer.angle(mach: mach, heatRatio: 1.4) / degree - angle) < 1e-3)
        let back = try #require(
            PrandtlMeyer.mach(angle: PrandtlMeyer.angle(mach: mach, heatRatio: 1.4), heatRatio: 1.4))
        #expect(abs(back - mach) < 1e-6)
    }

    @Test("A turn into a vacuum has no Mach number behind it") func vacuum() {
        #expect(PrandtlMeyer.machBehind(mach: 2, turn: 110 * degree, heatRatio: 1.4) == nil)
        #expect(abs(PrandtlMeyer.largestAngle(heatRatio: 1.4) / degree - 130.45) < 0.01)
    }

    @Test("A slender cone's shock is nearly the Mach cone, and its pressure that of linear theory")
    func slenderCone() throws {
        let cone = try #require(ConicalFlow(mach: 2, heatRatio: 1.4, coneAngle: 2 * degree))
        #expect(abs(cone.shockAngle - asin(0.5)) < 0.001)
        // von Kármán & Moore 1932: C_p = θ² (2 ln(2/(θ√(M²−1))) − 1).
        let theta = 2 * degree
        let linear = theta * theta * (2 * log(2 / (theta * 3.0.squareRoot())) - 1)
        #expect(abs((cone.surfacePressureRatio - 1) / (0.7 * 4) / linear - 1) < 0.03)
    }

    @Test("Attached conical shocks: beyond the wedge's limit, up to the cone's own") func coneDetachment() {
        #expect(ConicalFlow(mach: 2, heatRatio: 1.4, coneAngle: 30 * degree) != nil)
        #expect(ConicalFlow(mach: 2, heatRatio: 1.4, coneAngle: 42 * degree) == nil)
    }

    @Test("Behind the shock of a cone, entropy and total enthalpy are uniform") func coneSurface() throws {
        let cone = try #require(ConicalFlow(mach: 3, heatRatio: 1.4, coneAngle: 20 * degree))
        let shock = ObliqueShock(mach: 3, heatRatio: 1.4, angle: cone.shockAngle)
        #expect(cone.surfacePressureRatio > shock.normal.pressureRatio)
        #expect(cone.surfaceMach < shock.machBehind)
        #expect(abs(cone.coneAngle / degree - 20) < 1e-6)
    }

    @Test("Stand-off grows towards Mach 1") func standOff() {
        #expect(abs(BowShock.standOffOfCylinder(mach: 3) - 0.6486) < 1e-3)
        #expect(abs(BowShock.standOffOfSphere(mach: 3) - 0.2050) < 1e-3)
    }
}
