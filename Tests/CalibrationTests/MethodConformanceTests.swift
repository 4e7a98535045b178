import Calibration
import Numerics
import Testing

/// One row a method: what it has to reach on an easy problem, and what every method keeps to.
struct MethodRow: Sendable, CustomTestStringConvertible {
    let word: String
    /// The evaluations allowed.
    let budget: Int
    /// The distance from the optimum, in unit coordinates, that it has to reach.
    let distance: Double
    var testDescription: String { word }

    static let all = [
        MethodRow(word: "hybrid", budget: 1500, distance: 1e-4),
        MethodRow(word: "hybrid-scalar", budget: 1500, distance: 1e-4),
        MethodRow(word: "hybrid-residuals", budget: 500, distance: 1e-6),
        MethodRow(word: "l-bfgs-b", budget: 200, distance: 1e-5),
        MethodRow(word: "levenberg-marquardt", budget: 100, distance: 1e-6),
        MethodRow(word: "nelder-mead", budget: 600, distance: 1e-4),
        MethodRow(word: "cma-es", budget: 1500, distance: 1e-4),
        MethodRow(word: "differential-evolution", budget: 4000, distance: 1e-2),
        MethodRow(word: "de-vs", budget: 3000, distance: 1e-3),
        MethodRow(word: "pso", budget: 3000, distance: 1e-2),
        MethodRow(word: "adaptive-pso", budget: 3000, distance: 1e-2),
        MethodRow(word: "hierarchical-pso", budget: 3000, distance: 1e-2),
        MethodRow(word: "sparrow", budget: 3000, distance: 1e-2),
        MethodRow(word: "pso-sparrow", budget: 3000, distance: 1e-2),
        MethodRow(word: "annealing", budget: 4000, distance: 1e-2),
        MethodRow(word: "sswm", budget: 4000, distance: 2e-2),
        MethodRow(word: "restarts-shuffle", budget: 500, distance: 1e-4),
        MethodRow(word: "restarts-mask", budget: 500, distance: 1e-4),
        MethodRow(word: "bayesian", budget: 60, distance: 5e-2),
        MethodRow(word: "eki", budget: 2000, distance: 2e-2),
        MethodRow(word: "es-mda", budget: 2000, distance: 2e-2),
        MethodRow(word: "sequential-kalman", budget: 2000, distance: 5e-2),
    ]
}

@Suite struct MethodConformanceTests {
    /// Off the middle, so that no method finds it by symmetry.
    static let optimum = [0.31, 0.72, 0.44]

    /// Six residuals that vanish at the optimum: three straight ones and three bent products.
    static func residuals(_ point: [Double]) -> [Double] {
        let shift = point.subtracting(optimum)
        let bent: [Double] = (0..<3).map { index in
            let next = shift[(index + 1) % 3]
            return 20 * (shift[index] + next * next)
        }
        return shift.scaled(60) + bent
    }

    private func kind(_ row: MethodRow) throws -> MethodKind { try #require(MethodRegistry.kind(row.word)) }

    private func context(_ row: MethodRow, workers: Int = 1) -> MethodContext {
        MethodContext(dimension: 3, budget: row.budget, workers: workers, seed: 7)
    }

    private func answer(_ kind: MethodKind, _ point: [Double]) -> Outcome {
        let residuals = Self.residuals(point)
        return kind.requirement == .residuals ? .residuals(residuals) : .cost(residuals.dot(residuals))
    }

    @Test func everyMethodHasARow() {
        #expect(MethodRegistry.kinds.map(\.word) == MethodRow.all.map(\.word))
    }

    @Test(arguments: MethodRow.all) func theOptimumIsReached(row: MethodRow) throws {
        let kind = try kind(row)
        var search = Search(try kind.make(context(row)), budget: row.budget)
        search.run { answer(kind, $0.point) }
        let best = try #require(search.best)
        #expect(best.point.subtracting(Self.optimum).largestMagnitude < row.distance)
    }

    @Test(arguments: MethodRow.all) func pointsLieWithinTheCube(row: MethodRow) throws {
        let kind = try kind(row)
        var search = Search(try kind.make(context(row)), budget: min(row.budget, 400))
        var outside = 0
        search.run { proposal in
            outside += proposal.point.allSatisfy { $0 >= 0 && $0 <= 1 } ? 0 : 1
            // The optimum of a plane lies in a corner.
            let plane = proposal.point.map { 10 - 3 * $0 }
            return kind.requirement == .residuals ? .residuals(plane) : .cost(plane.reduce(0, +))
        }
        #expect(outside == 0)
    }

    /// Told the same outcomes, a fresh copy asks the same questions: what resuming rests on.
    @Test(arguments: MethodRow.all) func replayingReproducesTheState(row: MethodRow) throws {
        let kind = try kind(row)
        var first = try kind.make(context(row, workers: 2))
        var history: [[Outcome]] = []
        for _ in 0..<12 {
            let outcomes = first.ask().map { answer(kind, $0.point) }
            if outcomes.isEmpty { break }
            history.append(outcomes)
            first.tell(outcomes)
        }
        var second = try kind.make(context(row, workers: 2))
        for outcomes in history {
            _ = second.ask()
            second.tell(outcomes)
        }
        #expect(second.ask() == first.ask())
    }

    @Test(arguments: MethodRow.all) func onlyMethodsThatSaySoDependOnWorkers(row: MethodRow) throws {
        let kind = try kind(row)
        guard !kind.dependsOnWorkers else { return }
        var (alone, together) = (try kind.make(context(row)), try kind.make(context(row, workers: 4)))
        for _ in 0..<12 {
            let asked = alone.ask()
            #expect(asked == together.ask())
            let outcomes = asked.map { answer(kind, $0.point) }
            if outcomes.isEmpty { break }
            alone.tell(outcomes)
            together.tell(outcomes)
        }
    }

    @Test(arguments: MethodRow.all) func failuresArePassedOver(row: MethodRow) throws {
        let kind = try kind(row)
        var search = Search(try kind.make(context(row)), budget: row.budget)
        var random = RandomStream(seed: 5)
        search.run { random.uniform() < 0.1 ? .failed("by chance") : answer(kind, $0.point) }
        let best = try #require(search.best)
        #expect(best.point.subtracting(Self.optimum).largestMagnitude < 0.2)
    }

    @Test(arguments: MethodRow.all) func aModelThatAlwaysFailsEndsTheSearch(row: MethodRow) throws {
        var search = Search(try kind(row).make(context(row)), budget: 300)
        search.run { _ in .failed("always") }
        #expect(search.best == nil && search.stopped != nil)
    }
}
