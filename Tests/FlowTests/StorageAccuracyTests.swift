import Flow
import Testing

/// What storage costs in accuracy on weak signals, against the same arithmetic with full storage.
@Suite("Storage accuracy") struct StorageAccuracyTests {
    static let entropyWave = signal(
        amplitude: 0.01, density: "1 + 0.01*sin(2*pi*x)", velocity: "1", pressure: "1")
    static let acousticPulse = signal(
        amplitude: 0.001, density: "1 + 0.001*exp(-200*(x-0.5)^2)",
        velocity: "0.001*sqrt(1.4)*exp(-200*(x-0.5)^2)",
        pressure: "1 + 0.0014*exp(-200*(x-0.5)^2)")

    struct Signal: Sendable, CustomTestStringConvertible {
        let amplitude: Double
        let text: String
        var testDescription: String { "amplitude \(amplitude)" }
    }

    static func signal(amplitude: Double, density: String, velocity: String, pressure: String) -> Signal {
        Signal(
            amplitude: amplitude,
            text: """
                [domain]
                cells = [256]
                lower = [0.0]
                upper = [1.0]
                [boundaries]
                x = "periodic"
                [initial]
                density = "\(density)"
                velocity = ["\(velocity)"]
                pressure = "\(pressure)"
                [time]
                end = 1.0
                """)
    }

    /// The largest density error relative to the signal's amplitude.
    static func error(_ signal: Signal, storage: String, arithmetic: String) throws -> Double {
        let exact = try Computation(
            signal.text, "numerics.storage=\"float64\"", "numerics.arithmetic=\"float64\"")
        let run = try Computation(
            signal.text, "numerics.storage=\"\(storage)\"", "numerics.arithmetic=\"\(arithmetic)\"")
        try exact.run()
        try run.run()
        let difference = zip(run.fields[0], exact.fields[0]).map { abs($0 - $1) }.max() ?? .infinity
        return difference / signal.amplitude
    }

    @Test("scaled16 is at least fifty times as accurate as float16", arguments: [entropyWave, acousticPulse])
    func scaledAgainstHalf(signal: Signal) throws {
        for arithmetic in ["float32", "float64"] {
            let scaled = try Self.error(signal, storage: "scaled16", arithmetic: arithmetic)
            let half = try Self.error(signal, storage: "float16", arithmetic: arithmetic)
            #expect(scaled * 50 < half)
        }
    }

    @Test("float32 resolves a weak signal to a ten-thousandth", arguments: [entropyWave, acousticPulse])
    func single(signal: Signal) throws {
        let e = try Self.error(signal, storage: "float32", arithmetic: "float32")
        #expect(e < 1e-4)
    }

    @Test(
        "totals of scaled16 stay within a quantum of each tile, however many steps are taken",
        arguments: TimeIntegrator.allCases)
    func debts(integrator: TimeIntegrator) throws {
        // One tile a row: what it owes is less than half a quantum, at the start and now.
        let run = try Computation(
            """
            [domain]
            cells = [64]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "periodic"
            [initial]
            density = "1 + 0.2*sin(2*pi*x)"
            velocity = ["0.5 + 0.1*cos(2*pi*x)"]
            pressure = "1 + 0.1*sin(4*pi*x)"
            [numerics]
            storage = "scaled16"
            arithmetic = "float64"
            integrator = "\(integrator)"
            cfl = 0.1
            [time]
            end = 10.0
            """)
        let before = run.fields.map { $0.reduce(0, +) }
        for count in 1...10 {
            try run.run(steps: 30 * count)
            for (variable, field) in run.fields.prefix(3).enumerated() {
                let quantum = ((field.max() ?? 0) - (field.min() ?? 0)) / 65535
                let drift = abs(field.reduce(0, +) - before[variable])
                #expect(drift < 1.2 * quantum, "variable \(variable) after \(run.solver.step) steps")
            }
        }
    }
}
