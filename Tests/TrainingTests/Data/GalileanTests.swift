import Foundation
import Testing
import Training

@Suite("Moving frames") struct GalileanTests {
    private static let layout = FieldLayout(
        task: .rollout, inputChannels: [],
        outputChannels: ["density", "velocity_x", "velocity_y", "pressure"], cellShape: [8, 8])
    private static let conserved = FieldLayout(
        task: .rollout, inputChannels: [], outputChannels: ["density", "momentum_x", "momentum_y", "energy"],
        cellShape: [8, 8])

    /// A wave of density that drifts with the velocity (u, v) under pressure 1, an exact solution of the Euler equations.
    private static func wave(_ time: Double, _ u: Double, _ v: Double, conserved: Bool = false) -> [Float] {
        var columns: [[Float]] = Array(repeating: [], count: 4)
        for cell in 0..<64 {
            let (x, y) = (Double(cell % 8) / 8 - u * time, Double(cell / 8) / 8 - v * time)
            let density = 2 + sin(2 * .pi * x) + 0.5 * cos(2 * .pi * y)
            let kinetic = 0.5 * density * (u * u + v * v)
            let values =
                conserved ? [density, density * u, density * v, 1 / 0.4 + kinetic] : [density, u, v, 1]
            for (column, value) in values.enumerated() { columns[column].append(Float(value)) }
        }
        return columns.flatMap { $0 }
    }

    @Test("a drifting wave in a moving frame is the wave that drifts faster", arguments: [false, true])
    func drift(conserved: Bool) throws {
        let interval = 0.25
        let unit = 0.125 / interval
        let boost = try GalileanBoost(
            conserved ? Self.conserved : Self.layout, unit: [unit, unit], most: 3)
        let states = (1...3).flatMap { Self.wave(Double($0) * interval, 0.3, -0.2, conserved: conserved) }
        let moved = boost.apply(states, cellShape: [8, 8], points: [2, -1], first: 1)
        let expected = (1...3).flatMap {
            Self.wave(Double($0) * interval, 0.3 + 2 * unit, -0.2 - unit, conserved: conserved)
        }
        for (one, two) in zip(moved, expected) { #expect(abs(one - two) < 2e-5) }
    }

    @Test("a channel whose behaviour is not known is told")
    func unknown() {
        var layout = Self.layout
        layout.outputChannels = ["tracer"]
        #expect(throws: TrainingError.self) { try GalileanBoost(layout, unit: [1, 1], most: 1) }
        #expect(throws: Never.self) {
            try GalileanBoost(layout, unit: [1, 1], most: 1, scalars: ["tracer"])
        }
    }

    @Test("momentum needs the density beside it")
    func momentum() {
        var layout = Self.layout
        layout.outputChannels = ["momentum_x", "momentum_y"]
        #expect(throws: TrainingError.self) { try GalileanBoost(layout, unit: [1, 1], most: 1) }
    }
}
