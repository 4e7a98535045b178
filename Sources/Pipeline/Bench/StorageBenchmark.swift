import Flow
import Foundation

/// What each storage format costs in accuracy, and how far it lets conserved totals drift.
struct StorageBenchmark {
    /// The formats compared; arithmetic is single precision, as in production, but for `float64`.
    static let formats = ["float64", "float32", "scaled16", "float16"]

    /// A weak wave on a large mean, and its amplitude.
    private static let signals: [(name: String, amplitude: Double, initial: String)] = [
        (
            "entropy wave, amplitude 1 %", 0.01,
            "density = \"1 + 0.01*sin(2*pi*x)\"\nvelocity = [1.0]\npressure = 1.0"
        ),
        (
            "acoustic pulse, amplitude 0.1 %", 0.001,
            """
            density = "1 + 0.001*exp(-200*(x-0.5)^2)"
            velocity = ["0.001*sqrt(1.4)*exp(-200*(x-0.5)^2)"]
            pressure = "1 + 0.0014*exp(-200*(x-0.5)^2)"
            """
        ),
    ]

    /// Steps over which drift is measured.
    static let driftSteps = 10_000

    static func measure(_ console: Console) throws -> [BenchReport.StorageResult] {
        var results: [BenchReport.StorageResult] = []
        for signal in signals {
            console.note("\(signal.name)")
            let exact = try finalDensity(signal.initial, "float64")
            for format in formats.dropFirst() {
                let found = try finalDensity(signal.initial, format)
                let error = zip(found, exact).map { abs($0 - $1) }.max() ?? .infinity
                results.append(
                    .init(test: "error of \(signal.name)", storage: format, value: error / signal.amplitude))
            }
        }
        for rank in 2...3 {
            for format in formats {
                console.note("drift over \(driftSteps) steps, \(rank)-D, \(format)")
                for (name, value) in try drift(rank: rank, storage: format) {
                    results.append(.init(test: "drift of \(name), \(rank)-D", storage: format, value: value))
                }
            }
        }
        return results
    }

    private static func solver(_ text: String, _ storage: String) throws -> (any FlowComputation, FlowCase) {
        let arithmetic = storage == "float64" ? "float64" : "float32"
        let flowCase = try CaseReader.read(
            text: text,
            overrides: ["numerics.storage=\"\(storage)\"", "numerics.arithmetic=\"\(arithmetic)\""]
        ).flowCase
        return (try FlowSolverFactory.make(flowCase), flowCase)
    }

    private static func finalDensity(_ initial: String, _ storage: String) throws -> [Double] {
        let (solver, flowCase) = try solver(
            """
            [domain]
            cells = [512]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "periodic"
            [initial]
            \(initial)
            [time]
            end = 1.0
            """, storage)
        try Simulation(solver, until: SimulationLimits(flowCase)).run().requireFinal()
        var row = [Double](repeating: 0, count: 4 * 512)
        solver.conservedRow(0, into: &row)
        return Array(row[0..<512])
    }

    /// Relative drift of each total in a periodic box with a shear layer and weak shocks; momentum relative
    /// to mass × sound speed.
    private static func drift(rank: Int, storage: String) throws -> [(String, Double)] {
        let cells = rank == 2 ? 96 : 32
        let axes = ["x", "y", "z"].prefix(rank)
        let list = { (value: String) in axes.map { _ in value }.joined(separator: ", ") }
        let velocity = ["tanh(20*(y-0.25)) - tanh(20*(y-0.75)) - 1", "0.1*sin(4*pi*x)", "0.1*sin(2*pi*x)"]
        let (solver, flowCase) = try solver(
            """
            [domain]
            cells = [\(list("\(cells)"))]
            lower = [\(list("0.0"))]
            upper = [\(list("1.0"))]
            [boundaries]
            \(axes.map { "\($0) = \"periodic\"" }.joined(separator: "\n"))
            [initial]
            density = "1 + 0.5*(tanh(20*(y-0.25)) - tanh(20*(y-0.75)))"
            velocity = [\(velocity.prefix(rank).map { "\"\($0)\"" }.joined(separator: ", "))]
            pressure = 2.5
            [time]
            end = 1000.0
            """, storage)
        let before = totals(solver, rank: rank, cells: cells)
        let limits = SimulationLimits(end: flowCase.time.end, maximumSteps: driftSteps)
        try Simulation(solver, until: limits).run().requireFinal()
        let after = totals(solver, rank: rank, cells: cells)
        let names = ["mass", "momentum_x", "momentum_y", "momentum_z"].prefix(rank + 1) + ["energy"]
        return names.enumerated().map { index, name in
            let scale =
                index == 0 || index == rank + 1 ? abs(before[index]) : before[0] * (1.4 * 2.5).squareRoot()
            return (name, abs(after[index] - before[index]) / scale)
        }
    }

    private static func totals(_ solver: any FlowComputation, rank: Int, cells: Int) -> [Double] {
        var result = [Double](repeating: 0, count: rank + 2)
        var row = [Double](repeating: 0, count: (rank + 3) * cells)
        for index in 0..<(rank == 2 ? cells : cells * cells) {
            solver.conservedRow(index, into: &row)
            for variable in 0..<rank + 2 {
                result[variable] += row[variable * cells..<(variable + 1) * cells].reduce(0, +)
            }
        }
        return result
    }
}
