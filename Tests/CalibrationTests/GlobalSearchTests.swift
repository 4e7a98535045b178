import Calibration
import Testing

/// What each method finds of the classic functions in three dimensions: within 1 % of a unit in 10 000 evaluations, in at
/// least 16 of 20 seeds.
@Suite struct GlobalSearchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let word: String
        let functions: [String]
        var testDescription: String { word }
    }

    private static let smooth = ["sphere", "ellipsoid of condition 10⁶", "Rosenbrock"]

    static let rows = [
        Row(word: "hybrid", functions: smooth + ["Rastrigin", "Ackley", "Schwefel"]),
        Row(word: "l-bfgs-b", functions: smooth),
        Row(word: "nelder-mead", functions: smooth),
        Row(word: "cma-es", functions: smooth + ["Ackley"]),
        Row(word: "differential-evolution", functions: smooth + ["Rastrigin", "Ackley", "Schwefel"]),
        Row(word: "de-vs", functions: smooth + ["Rastrigin", "Ackley", "Schwefel"]),
        Row(word: "pso", functions: ["sphere", "Rosenbrock", "Rastrigin", "Ackley"]),
        Row(word: "adaptive-pso", functions: ["sphere", "Rastrigin", "Ackley"]),
        Row(word: "hierarchical-pso", functions: ["sphere", "Rastrigin", "Ackley"]),
        Row(word: "sparrow", functions: ["sphere", "Rosenbrock", "Ackley"]),
        Row(word: "pso-sparrow", functions: ["sphere", "Rosenbrock", "Ackley"]),
        Row(word: "annealing", functions: ["sphere", "Ackley"]),
        Row(word: "sswm", functions: ["sphere", "Ackley"]),
        Row(word: "restarts-shuffle", functions: smooth + ["Ackley"]),
        Row(word: "restarts-mask", functions: smooth + ["Ackley"]),
    ]

    @Test(arguments: rows) func theMinimumIsFound(row: Row) throws {
        let kind = try #require(MethodRegistry.kind(row.word))
        for function in ClassicFunctionTests.functions where row.functions.contains(function.name) {
            var found = 0
            for seed in 1...20 {
                let context = MethodContext(dimension: 3, budget: 10_000, seed: UInt64(seed))
                var search = Search(try kind.make(context), budget: 10_000, target: 1e-2)
                search.run { .cost(function.value($0.point)) }
                found += search.stopped == .target ? 1 : 0
            }
            #expect(found >= 16, "\(function.name): \(found) of 20")
        }
    }
}
