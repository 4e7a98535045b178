import Calibration
import Schema
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
        let switched = try #require(search.method.record.decisions.first)
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
        #expect(search.method.record.decisions.first?.reason == "pso: its cost stagnates")
    }

    /// The keys of stages and of a calibration's `[method]` stand beside those of every method.
    @Test func noMethodHasAKeyOfItsTable() {
        let shared = Set(Composite.stageTable.fields.map(\.name) + ["budget", "seed", "stage"])
        for kind in MethodRegistry.kinds {
            #expect(shared.isDisjoint(with: kind.keys.map(\.field.name)), "\(kind.word)")
        }
    }

    @Test func stagesAreReadFromTheirTables() throws {
        let text = """
            [[stage]]
            name = "de-vs"
            budget_share = 0.6
            population = 12
            [[stage]]
            name = "l-bfgs-b"
            """
        let document = try Document(text: text, file: "stages.toml")
        let stages = Section(document, scope: Scope()).sections("stage").compactMap(Composite.stage)
        let context = MethodContext(dimension: 2, budget: 500)
        var search = Search(try #require(Composite(stages, context)), budget: 500)
        #expect(search.next().count == 12)
        search.record(Array(repeating: .cost(1), count: 12))
        search.run { .cost(bowl($0.point)) }
        #expect(try #require(search.best).cost < 1e-10)
    }
}
