import Flow
import Fluids
import Foundation
import Testing

/// What positivity allots to the faces of each direction.
@Suite("Signals") struct SignalTests {
    /// Signals (|u| + c)/Δ and cell sizes of one, two and three dimensions.
    static let settings: [(signals: [Double], spacing: [Double])] = [
        ([30], [0.1]), ([30, 12], [0.1, 0.02]), ([12, 5, 30], [0.03, 0.1, 0.2]),
    ]

    private func signal(_ values: [Double]) -> Signal {
        var directional = SIMD3<Double>(repeating: 0)
        for (direction, value) in values.enumerated() { directional[direction] = value }
        return Signal(value: values.reduce(0, +), directional: directional)
    }

    @Test(
        "an update is a mean over its faces: their weights 2Δt/(κΔ) add up to one",
        arguments: settings.indices)
    func weights(index: Int) {
        let (signals, spacing) = Self.settings[index]
        let step = 0.4 / signals.reduce(0, +)
        let reach = signal(signals).reach(spacing, timeStep: step)
        let sum = zip(reach, spacing).reduce(0) { $0 + 2 * step / ($1.0 * $1.1) }
        #expect(abs(sum - 1) < 1e-14)
    }

    @Test(
        "every direction is as far from its limit: κ(|u| + c) is twice the CFL number",
        arguments: settings.indices)
    func shares(index: Int) {
        let (signals, spacing) = Self.settings[index]
        let reach = signal(signals).reach(spacing, timeStep: 0.4 / signals.reduce(0, +))
        for direction in spacing.indices {
            #expect(abs(reach[direction] * signals[direction] * spacing[direction] - 0.8) < 1e-14)
        }
    }

    @Test("beyond a CFL number of one half nothing more is asked for")
    func limit() {
        let signal = signal([30, 12])
        let spacing = [0.1, 0.02]
        #expect(signal.reach(spacing, timeStep: 0.45 / 42) == signal.reach(spacing, timeStep: 1))
    }

    /// A wavy flow of low pressure, where Σ is a part of it here and many times as much there.
    private static func compressed(_ rank: Int, _ gas: String) -> String {
        InvarianceTests.wavy(rank: rank, cells: 12).replacing("[domain]", with: "[gas]\n\(gas)\n[domain]")
            .replacing("pressure = \"1", with: "pressure = \"0.02").replacing("0.1*(", with: "0.001*(")
    }

    @Test(
        "the stable step is that of sound in p + Σ, where Σ counts up to 2/(γ − 1) + 1 times the reserve of p",
        arguments: 1...3, FluidKind.all.map(\.name))
    func stableStep(rank: Int, fluid: String) throws {
        let gas = try #require(BoundaryRunTests.fluids[fluid]).replacing(
            "stiffness = 2.0", with: "stiffness = 0.1")
        let run = try Computation(Self.compressed(rank, gas))
        let step = try run.solver.stableTimeStep()
        let (fields, law) = (run.fields, run.flowCase.gas.law)
        var (largest, capped, partial) = (0.0, 0, 0)
        for cell in fields[0].indices {
            let state = law.primitive(conserved: (0..<rank + 2).map { fields[$0][cell] })
            let reserve = law.reserve(pressure: state[rank + 1])
            let most = (law.heatRatio + 1) / (law.heatRatio - 1) * reserve
            let sigma = fields[rank + 2][cell]
            if sigma > most { capped += 1 } else if sigma > 0.1 * most { partial += 1 }
            let sound = (law.heatRatio * (reserve + min(sigma, most)) / state[0]).squareRoot()
            largest = max(largest, (1...rank).reduce(0) { $0 + (abs(state[$1]) + sound) * 12 })
        }
        #expect(capped > 0 && partial > 0)
        #expect(abs(step * largest / 0.4 - 1) < 1e-12)
    }

    @Test(
        "diffusion of momentum and heat limits the step", arguments: [0.4, 3.0], ViscosityLaw.Name.allCases)
    func diffusion(prandtl: Double, name: ViscosityLaw.Name) throws {
        let law: String
        switch name {
        case .inviscid: law = "0.0"
        case .constant: law = "0.6"
        case .sutherland: law = "{ law = \"sutherland\", viscosity = 0.5, temperature = 0.8, constant = 0.3 }"
        }
        let run = try Computation(
            """
            [gas]
            viscosity = \(law)
            prandtl = \(prandtl)
            [domain]
            cells = [8, 6]
            lower = [0.0, 0.0]
            upper = [1.0, 1.0]
            [boundaries]
            x = "periodic"
            y = "periodic"
            [initial]
            density = 1.25
            velocity = [0.5, -0.25]
            pressure = 0.875
            [numerics]
            storage = "float64"
            [time]
            end = 1.0
            """)
        let temperature = 0.875 / 1.25
        let viscosity: Double
        switch name {
        case .inviscid: viscosity = 0
        case .constant: viscosity = 0.6
        case .sutherland: viscosity = 0.5 * pow(temperature / 0.8, 1.5) * (0.8 + 0.3) / (temperature + 0.3)
        }
        let sound = (1.4 * temperature).squareRoot()
        let waves = (0.5 + sound) * 8 + (0.25 + sound) * 6
        let spread = 2 * max(4.0 / 3, 1.4 / prandtl) * viscosity / 1.25 * (64 + 36)
        #expect(abs(try run.solver.stableTimeStep() * (waves + spread) / 0.4 - 1) < 1e-12)
    }

    @Test("walls do not pass a cell in a step") func bodies() throws {
        let text = BodyConformanceTests.stream(rank: 2, cells: 20, mach: 0)
        let run = try Computation(text, "body.0.motion={ displacement = [\"50*t\", 0.0] }")
        #expect(abs(try run.solver.stableTimeStep() * 50 / (0.3 * 0.1) - 1) < 1e-6)
    }
}
