import Calibration
import Foundation
import Testing

@Suite struct SurrogateLoopTests {
    private final class Store: EvaluationStore {
        var count = 0
        func reply(to request: ModelRequest) -> ModelReply? { nil }
        func keep(_ reply: ModelReply, to request: ModelRequest) { count += 1 }
    }

    /// y = a·t + b + 0.2 a², observed at a = 0.6, b = 0.3; the surrogate lacks the square and has a slope of its own.
    private func study(_ more: String = "") throws -> Study {
        let values: [Double] = (0..<6).map { 0.12 * Double($0) + 0.372 }
        let lines: [String] = values.indices.map { "y,\(0.2 * Double($0)),\(values[$0]),0.01" }
        let rows = lines.joined(separator: "\n")
        let folder = FileManager.default.temporaryDirectory.appending(path: "loop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("output,t,value,sigma\n\(rows)\n".utf8).write(to: folder.appending(path: "y.csv"))
        let text = """
            [model]
            kind = "expression"
            outputs = { y = "a*t + b + 0.2*a*a" }
            [surrogate]
            kind = "expression"
            outputs = { y = "1.1*a*t + b" }
            \(more)
            [parameters.a]
            lower = 0.0
            upper = 1.0
            [parameters.b]
            lower = 0.0
            upper = 1.0
            [[observations]]
            file = "y.csv"
            [method]
            name = "hybrid"
            budget = 400
            """
        return try Study.read(text: text, file: folder.appending(path: "c.toml").path)
    }

    private func loop(_ study: Study, _ store: Store) throws -> SurrogateLoop {
        guard let options = study.surrogate, case .expression(let truth) = study.model,
            case .expression(let surrogate) = options.model
        else { throw CancellationError() }
        return SurrogateLoop(
            study, truth: ExpressionModel(truth, study: study),
            surrogate: ExpressionModel(surrogate, study: study),
            options: options, store: store)
    }

    @Test func theTrueModelIsFittedByFewOfItsRuns() throws {
        let (study, store) = (try study(), Store())
        let loop = try loop(study, store)
        #expect(try loop.run())
        #expect(loop.agrees)
        #expect(loop.trueRuns <= 15 && store.count == loop.trueRuns)
        let best = try #require(loop.best)
        #expect(best.cost < 0.5)
        #expect(abs(best.point[0] - 0.6) < 0.01 && abs(best.point[1] - 0.3) < 0.01)
        #expect(loop.surrogateRuns > loop.trueRuns)
        let errors = loop.verifications.filter(\.isOptimum).compactMap(\.error)
        #expect((errors.first ?? 0) > 1 && (errors.last ?? 1) < 0.25)
    }

    @Test func oneRoundDoesNotAgreeAndSaysSo() throws {
        let loop = try loop(try study("rounds = 1"), Store())
        #expect(try loop.run())
        #expect(!loop.agrees && loop.trueRuns == 3)
    }

    /// Hamiltonian draws on the corrected surrogate: its gradient includes the correction's.
    @Test func theCorrectedSurrogateHasAGradient() throws {
        let loop = try loop(try study(), Store())
        #expect(try loop.run())
        let best = try #require(loop.best)
        var sampler = HamiltonianSampler(
            start: best.point, spread: [0.01, 0.01], draws: 400, loop.study.context())
        #expect(try loop.search.explore(&sampler))
        #expect(sampler.ending == "all draws are made")
        let mean = sampler.samples.reduce(0) { $0 + $1[0] } / Double(sampler.samples.count)
        #expect(abs(mean - 0.6) < 0.02)
    }

    @Test func aSurrogateWithoutObservationsIsRefused() {
        #expect {
            try Study.read(
                text: """
                    [model]
                    kind = "expression"
                    value = "a*a"
                    [surrogate]
                    kind = "expression"
                    value = "a"
                    [parameters.a]
                    lower = 0.0
                    upper = 1.0
                    """)
        } throws: {
            "\($0)".contains("can be verified by observations only")
        }
    }
}
