import Flow
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
}
