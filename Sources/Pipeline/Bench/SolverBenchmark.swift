import Flow
import Foundation

/// Times the flow solver on one thread: the best step of several, in processor time.
struct SolverBenchmark {
    /// A flow, a grid and the time per cell and step that we want.
    struct Subject: Sendable {
        let name: String
        let text: String
        /// Storage and the goal in nanoseconds per cell and step.
        let goals: [(storage: String, goal: Double?)]
    }

    static let subjects = [
        Subject(
            name: "spherical blast 128³", text: blast(cells: 128),
            goals: [("float64", 250), ("float32", 120), ("scaled16", 150), ("float16", nil)]),
        Subject(
            name: "Riemann quadrants 1024²", text: quadrants,
            goals: [("float64", 170), ("float32", 80), ("scaled16", nil)]),
        Subject(
            name: "the same blast, a sphere in it", text: blast(cells: 128) + sphere,
            goals: [("float64", nil), ("float32", nil), ("scaled16", nil)]),
    ]

    /// Steps that are timed; the first step's start-up sweeps are not.
    private static let steps = 4

    static func measure(_ subject: Subject, storage: String, goal: Double?) throws -> BenchReport.Measurement
    {
        let arithmetic = storage == "float64" ? "float64" : "float32"
        let flowCase = try CaseReader.read(
            text: subject.text,
            overrides: ["numerics.storage=\"\(storage)\"", "numerics.arithmetic=\"\(arithmetic)\""]
        ).flowCase
        let solver = try FlowSolverFactory.make(flowCase)
        let cells = flowCase.domain.cells.reduce(1, *)
        var (best, begun) = (Double.infinity, 0.0)
        let watch = Watch { moment in
            let now = processorSeconds()
            if moment.step > 1 { best = min(best, now - begun) }
            begun = now
        }
        let limits = SimulationLimits(end: flowCase.time.end, maximumSteps: 1 + steps)
        try Simulation(solver, until: limits, observers: [watch]).run().requireFinal()
        return BenchReport.Measurement(
            name: subject.name, cells: cells, storage: storage,
            nanosecondsPerCellStep: best / Double(cells) * 1e9, goal: goal,
            bytesPerCell: Double(solver.storedBytes) / Double(cells))
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func blast(cells: Int) -> String {
        """
        [domain]
        cells = [\(cells), \(cells), \(cells)]
        lower = [-1.0, -1.0, -1.0]
        upper = [1.0, 1.0, 1.0]
        [boundaries]
        x = "outflow"
        y = "outflow"
        z = "outflow"
        [initial]
        density = 1.0
        pressure = "if(x*x + y*y + z*z < 0.16, 10, 0.1)"
        [numerics]
        threads = 1
        [time]
        end = 1.0
        """
    }

    private static let sphere = """

        [[body]]
        name = "sphere"
        shape = "sphere"
        center = [0.6, 0.0, 0.0]
        radius = 0.3
        """

    private static let quadrants = """
        [domain]
        cells = [1024, 1024]
        lower = [0.0, 0.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "outflow"
        y = "outflow"
        [initial]
        density = "if(x > 0.8, if(y > 0.8, 1.5, 0.5323), if(y > 0.8, 0.5323, 0.138))"
        velocity = ["if(x > 0.8, 0, 1.206)", "if(y > 0.8, 0, 1.206)"]
        pressure = "if(x > 0.8, if(y > 0.8, 1.5, 0.3), if(y > 0.8, 0.3, 0.029))"
        [numerics]
        threads = 1
        [time]
        end = 0.8
        """
}
