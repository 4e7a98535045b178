import Fluids
import Foundation
import Scoring
import Testing

@Suite("Residuals of the equations") struct EquationResidualTests {
    /// Fields on [0, 2] × [0, 1].
    private func sample(_ names: [String], _ fields: [(Double, Double) -> Double]) -> ScoredSample {
        let (width, height) = (32, 16)
        let values = fields.flatMap { field in
            (0..<width * height).map { cell in
                Float(field((Double(cell % width) + 0.5) / 16, (Double(cell / width) + 0.5) / 16))
            }
        }
        return ScoredSample(
            channels: names, cells: [width, height], spacing: [1.0 / 16, 1.0 / 16], truth: values,
            prediction: values)
    }

    @Test("an exact Poiseuille flow scores 100, and less where the viscous term is left out")
    func poiseuille() throws {
        // u = y(1 − y)/2 · Re p′ with p = −x: ν u″ = −1 balances ∇p.
        let flow = sample(
            ["u", "v", "p"], [{ _, y in 10 * y * (1 - y) / 2 }, { _, _ in 0 }, { x, _ in -x }])
        let residual = EquationResidual.incompressible(reynolds: 10)
        let exact = try #require(residual.meanSquare(flow, flow.prediction, .exact))
        let published = try #require(residual.meanSquare(flow, flow.prediction, .published))
        #expect(UnifiedScore.score(exact) > 99.99)
        #expect(UnifiedScore.score(published) < 20)
    }

    @Test("the divergence of u = x is 1 everywhere, whatever the size of cells")
    func divergence() throws {
        let flow = sample(["u", "v", "p"], [{ x, _ in x }, { _, _ in 0 }, { x, _ in -x * x / 2 }])
        let mean = try #require(
            EquationResidual.incompressible(reynolds: 10).meanSquare(flow, flow.prediction, .exact))
        // Continuity leaves 1, momentum u∂u/∂x + ∂p/∂x = 0: the mean of three equations.
        #expect(abs(mean - 1.0 / 3) < 1e-5)
    }

    @Test("a uniform compressible stream leaves nothing, a sheared one across itself does")
    func compressible() throws {
        let names = ["density", "velocity_x", "velocity_y", "pressure"]
        let residual = EquationResidual.compressible(.air)
        let uniform = sample(names, [{ _, _ in 1.4 }, { _, _ in 2 }, { _, _ in 0.5 }, { _, _ in 1 }])
        #expect(try #require(residual.meanSquare(uniform, uniform.prediction, .exact)) < 1e-12)
        let sheared = sample(names, [{ _, _ in 1.4 }, { _, y in 2 + y }, { _, _ in 0.5 }, { _, _ in 1 }])
        #expect(try #require(residual.meanSquare(sheared, sheared.prediction, .exact)) > 1e-5)
    }

    @Test("a stiffened gas of p leaves what the ideal gas of p + p∞ leaves")
    func stiffened() throws {
        let names = ["density", "velocity_x", "velocity_y", "pressure"]
        let state: [(Double, Double) -> Double] = [
            { x, y in 1.4 + 0.2 * x * y }, { x, y in 1 + sin(x) * y }, { x, _ in cos(2 * x) },
        ]
        let pressure = { (x: Double, y: Double) in 2 + 0.3 * sin(x + y) }
        let gas = sample(names, state + [pressure])
        let liquid = sample(names, state + [{ x, y in pressure(x, y) - 1.75 }])
        let fluid = FluidModel.stiffened(StiffenedGas(heatRatio: 1.4, stiffness: 1.75))
        let expected = try #require(
            EquationResidual.compressible(.air).meanSquare(gas, gas.prediction, .exact))
        let found = try #require(
            EquationResidual.compressible(fluid).meanSquare(liquid, liquid.prediction, .exact))
        // Pressures are in single precision.
        #expect(abs(found - expected) < 1e-4 * expected)
        let wrong = try #require(
            EquationResidual.compressible(.air).meanSquare(liquid, liquid.prediction, .exact))
        #expect(abs(wrong - expected) > 0.1 * expected)
    }

    @Test("cells beside bodies do not count, and channels that are missing leave no residual")
    func missing() throws {
        var flow = sample(["u", "v", "p"], [{ x, _ in x > 1 ? 50 : 0 }, { _, _ in 0 }, { _, _ in 0 }])
        // The jump at x = 1 lies in a wall.
        flow.mask = (0..<32 * 16).map { (14..<18).contains($0 % 32) ? 0 : 1 }
        let residual = EquationResidual.incompressible(reynolds: 10)
        #expect(try #require(residual.meanSquare(flow, flow.prediction, .exact)) == 0)
        flow.channels = ["a", "b", "c"]
        #expect(residual.meanSquare(flow, flow.prediction, .exact) == nil)
    }
}
