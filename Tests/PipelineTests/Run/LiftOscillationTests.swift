import Foundation
import Pipeline
import Testing

@Suite("Oscillation of the lift")
struct LiftOscillationTests {
    /// Uneven steps, as a run makes them.
    private let time = (0..<4000).map { Double($0) * 0.02 + 0.005 * sin(Double($0)) }

    private func oscillation(drag: Double = 1, _ lift: (Double) -> Double) -> LiftOscillation? {
        LiftOscillation(time: time, lift: time.map(lift), drag: time.map { _ in drag })
    }

    @Test("A sine behind a transient has its frequency and amplitude", arguments: [0.16, 0.37, 1.1])
    func sine(frequency: Double) throws {
        let found = try #require(
            oscillation { 3 * exp(-$0 / 3) + 0.2 + 0.3 * sin(2 * .pi * frequency * $0 + 1) })
        #expect(abs(found.frequency / frequency - 1) < 2e-3)
        #expect(abs(found.amplitude / 0.3 - 1) < 0.03)
    }

    @Test("Harmonics do not hide the fundamental")
    func harmonics() throws {
        let found = try #require(
            oscillation { sin(2 * .pi * 0.3 * $0) + 0.5 * cos(2 * .pi * 0.9 * $0) })
        #expect(abs(found.frequency / 0.3 - 1) < 2e-3)
    }

    @Test("Rest, drift, a few periods, noise and what is tiny beside the drag are no oscillations")
    func none() {
        #expect(oscillation { _ in 0 } == nil)
        #expect(oscillation { 0.1 * $0 } == nil)
        #expect(oscillation { sin(2 * .pi * 0.02 * $0) } == nil)
        #expect(oscillation { 1e-7 * sin($0) } == nil)
        var state: UInt64 = 1
        let noise = oscillation { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        #expect(noise == nil)
        #expect(LiftOscillation(time: [0, 1], lift: [0, 1], drag: [0, 1]) == nil)
    }
}
