import Calibration
import Testing

@Suite struct SearchTests {
    private func search(budget: Int = 100, target: Double? = nil, failures: Int = .max) -> Search {
        let context = MethodContext(dimension: 2, budget: budget)
        return Search(
            ParticleSwarm(.init(), context), budget: budget, target: target, maximumFailures: failures)
    }

    @Test func theBudgetIsKeptToTheRun() {
        var search = search(budget: 47)
        search.run { .cost($0.point[0]) }
        #expect(search.evaluations == 47 && search.stopped == .budget)
    }

    @Test func theTargetEndsTheSearch() {
        var search = search(budget: 10_000, target: 0.01)
        search.run { .cost($0.point[0]) }
        #expect(search.stopped == .target && search.evaluations < 10_000)
    }

    @Test func tooManyFailuresEndTheSearch() {
        var search = search(failures: 10)
        search.run { _ in .failed("down") }
        #expect(search.stopped == .failures && search.best == nil)
    }

    @Test func theBestPointIsTheFirstOfLeastCost() {
        var search = search()
        search.run { _ in .cost(1) }
        #expect(search.best?.evaluation == 1)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func anAnswerThatIsNoNumberIsAFailure(value: Double) {
        #expect(Outcome.cost(value).evaluation == nil)
        #expect(Outcome.residuals([1, value]).evaluation == nil)
    }
}
