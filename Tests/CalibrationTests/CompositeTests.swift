import Calibration
import Testing

@Suite struct CompositeTests {
    private func bowl(_ point: [Double]) -> Double { point.reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) } }

    @Test func aStageHandsOverAtItsShare() throws {
        var rule = Composite.HandOver()
        rule.share = 0.6
        let context = MethodContext(dimension: 4, budget: 1000)
        let stages = [
            Composite.Stage("de-vs", until: rule) { VortexEvolution(.init(), $0) },
            Composite.Stage("l-bfgs-b") { QuasiNewton(.init(), $0) },
        ]
        var search = Search(try #require(Composite(stages, context)), budget: 1000)
        search.run { .cost(bowl($0.point)) }
        let switched = try #require(search.method.decisions.first)
        #expect((600..<680).contains(switched.evaluations))
        #expect(try #require(search.best).cost < 1e-12)
    }

    @Test func aStageHandsOverWhenItStagnates() throws {
        var rule = Composite.HandOver()
        rule.patience = 20
        let context = MethodContext(dimension: 2, budget: 2000)
        let stages = [
            Composite.Stage("pso", until: rule) { ParticleSwarm(.init(), $0) },
            Composite.Stage("nelder-mead") { NelderMead(.init(), $0) },
        ]
        var search = Search(try #require(Composite(stages, context)), budget: 2000)
        search.run { _ in .cost(1) }
        #expect(search.method.decisions.first?.reason == "pso: its cost stagnates")
    }
}
