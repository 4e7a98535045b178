import Calibration
import Testing

/// What the default does of a cost alone with few evaluations.
@Suite struct SmallBudgetTests {
    private static let functions = ClassicFunctionTests.functions.filter {
        ["sphere", "ellipsoid of condition 10⁶", "Rosenbrock"].contains($0.name)
    }

    private func best(_ word: String, _ function: ClassicFunctionTests.Function, _ budget: Int, seed: UInt64)
        throws -> Double
    {
        let kind = try #require(MethodRegistry.kind(word))
        let context = MethodContext(dimension: function.dimension, budget: budget, seed: seed)
        var search = Search(try kind.make(context), budget: budget)
        search.run { .cost(function.value($0.point)) }
        return try #require(search.best).cost
    }

    /// Within a factor of ten, as a cost that falls exponentially is known, in the middle of five seeds.
    @Test(arguments: functions, [20, 50, 100])
    func itIsAsGoodAsADescent(function: ClassicFunctionTests.Function, factor: Int) throws {
        let budget = factor * function.dimension
        let own = try (UInt64(1)...5).map { try best("hybrid", function, budget, seed: $0) }.sorted()[2]
        let descent = try best("l-bfgs-b", function, budget, seed: 1)
        #expect(own <= max(1e-12, 10 * descent))
    }

    /// Budgets up to a hundred evaluations a parameter buy the beginning of a longer search, point by point.
    @Test func aSmallBudgetBuysTheBeginningOfALargeOne() throws {
        func points(_ budget: Int) -> [[Double]] {
            var search = Search(Hybrid(MethodContext(dimension: 6, budget: budget)), budget: budget)
            var points: [[Double]] = []
            search.run {
                points.append($0.point)
                return .cost(Self.functions[2].value($0.point))
            }
            return points
        }
        let long = points(3000)
        for budget in [60, 120, 300, 600] { #expect(points(budget) == Array(long.prefix(budget))) }
    }

    @Test func aSolvedSmoothProblemEndsTheSearch() throws {
        let function = Self.functions[0]
        var search = Search(Hybrid(MethodContext(dimension: 10, budget: 5000)), budget: 5000)
        search.run { .cost(function.value($0.point)) }
        let best = try #require(search.best)
        #expect(search.evaluations < 1000 && best.cost < 1e-8)
        #expect(search.method.ending?.contains("found 1 minimum") == true)
    }

    @Test func aCostOfManyMinimaIsSearchedToTheEndOfTheBudget() throws {
        let function = try #require(ClassicFunctionTests.functions.first { $0.name == "Ackley" })
        var search = Search(Hybrid(MethodContext(dimension: 5, budget: 800)), budget: 800)
        search.run { .cost(function.value($0.point)) }
        #expect(search.stopped == .budget)
    }
}
