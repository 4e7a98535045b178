import Calibration
import Foundation
import Numerics
import Testing

/// Keeps nothing: every point is computed.
final class NoStore: EvaluationStore {
    func reply(to request: ModelRequest) -> ModelReply? { nil }
    func keep(_ reply: ModelReply, to request: ModelRequest) {}
}

@Suite struct StudyTests {
    /// The calibration of formulas, to its end.
    private func calibrated(_ text: String) throws -> (
        study: Study, best: [String: Double], calibrator: Calibrator
    ) {
        let study = try Study.read(text: text)
        guard case .expression(let formulas) = study.model else { throw CocoaError(.featureUnsupported) }
        let calibrator = Calibrator(study, model: ExpressionModel(formulas, study: study), store: NoStore())
        #expect(try calibrator.run())
        let best = try #require(calibrator.search.best)
        let values = study.space.values(at: best.point)
        return (
            study, Dictionary(uniqueKeysWithValues: zip(study.space.parameters.map(\.name), values)),
            calibrator
        )
    }

    private static let line = """
        [model]
        kind = "expression"
        outputs = { y = "a + b*t*depth" }
        [parameters.a]
        lower = -10
        upper = 10
        [parameters.b]
        lower = 0.1
        upper = 10
        scale = "log"
        [[site]]
        name = "north"
        own = ["a"]
        settings = { depth = 2.0 }
        [[site]]
        name = "south"
        own = ["a"]
        settings = { depth = 1.0 }
        [[site]]
        name = "test"
        own = ["a"]
        settings = { depth = 3.0 }
        held_out = true
        [[observations]]
        site = "north"
        file = "north.csv"
        [[observations]]
        site = "south"
        file = "south.csv"
        [[observations]]
        site = "test"
        file = "south.csv"
        [method]
        name = "levenberg-marquardt"
        """

    @Test func sitesOwnSomeParametersAndShareOthers() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, start, slope) in [("north", 1.0, 3.0), ("south", -2.0, 1.5)] {
            let rows = (0..<5).map { "y,\($0),\(start + slope * Double($0))" }
            try Data("output,t,value\n\(rows.joined(separator: "\n"))\n".utf8).write(
                to: folder.appending(path: name + ".csv"))
        }
        let path = folder.appending(path: "s.toml").path
        try Data(Self.line.utf8).write(to: URL(fileURLWithPath: path))
        let study = try Study.read(path: path, scratch: folder.path)
        guard case .expression(let formulas) = study.model else { return }
        #expect(study.space.parameters.map(\.name) == ["a@north", "a@south", "a@test", "b"])
        let calibrator = Calibrator(study, model: ExpressionModel(formulas, study: study), store: NoStore())
        _ = try calibrator.run()
        let best = study.space.values(at: try #require(calibrator.search.best).point)
        #expect(abs(best[0] - 1) < 1e-4 && abs(best[1] + 2) < 1e-4 && abs(best[3] - 1.5) < 1e-4, "\(best)")
        // The site that was held out took no part in the cost, and can be compared afterwards.
        #expect(try #require(calibrator.search.best).cost < 1e-6)
        let point = try #require(calibrator.search.best).point
        let replies = try #require(try calibrator.replies(at: point, heldOut: true))
        #expect(study.comparisons(replies, heldOut: true).map(\.site) == Array(repeating: "test", count: 5))
    }

    private static let powers = """
        [model]
        kind = "expression"
        outputs = { y = "b + c" }
        [parameters.a]
        lower = 0
        upper = 10
        [parameters.b]
        tied = { to = "a", factor = 2.0, offset = 1.0 }
        [parameters.c]
        fixed = 4.0
        [[observations]]
        output = "y"
        values = [11.0]
        [method]
        name = "levenberg-marquardt"
        """

    @Test func tiedAndFixedParametersFollow() throws {
        // 2a + 1 + 4 = 11.
        let found = try calibrated(Self.powers).best
        #expect(abs((found["a"] ?? 0) - 3) < 1e-6 && abs((found["b"] ?? 0) - 7) < 1e-6 && found["c"] == 4)
    }

    @Test func aPriorPullsByItsWeight() throws {
        // One datum 10 of deviation 1 against a prior 4 of deviation 2: the mean weighted by 1 and 1/4.
        let text = """
            [model]
            kind = "expression"
            outputs = { y = "a" }
            [parameters.a]
            lower = 0
            upper = 20
            prior = { mean = 4.0, deviation = 2.0 }
            [[observations]]
            output = "y"
            values = [10.0]
            [method]
            name = "levenberg-marquardt"
            """
        #expect(abs((try calibrated(text).best["a"] ?? 0) - 8.8) < 1e-4)
    }

    @Test func stagesOfAFileFollowOneAnother() throws {
        let text = """
            [model]
            kind = "expression"
            value = "100*(b - a^2)^2 + (1 - a)^2"
            [parameters.a]
            lower = -2
            upper = 2
            [parameters.b]
            lower = -2
            upper = 2
            [method]
            name = "stages"
            budget = 2000
            [[method.stage]]
            name = "de-vs"
            budget_share = 0.6
            [[method.stage]]
            name = "l-bfgs-b"
            """
        let (study, best, calibrator) = try calibrated(text)
        #expect(study.method.word == "de-vs → l-bfgs-b")
        #expect(calibrator.search.method.record.decisions.contains { (1200..<1300).contains($0.evaluations) })
        #expect(abs((best["a"] ?? 0) - 1) < 1e-4)
    }

    @Test func aModelThatAnswersSomethingElseIsBadInput() throws {
        let study = try Study.read(text: Self.powers)
        let calibrator = Calibrator(study, model: Fake { _ in .outputs(["z": [1]]) }, store: NoStore())
        #expect(throws: ReplyError.self) { try calibrator.run() }
    }

    @Test func answersThatDoNotFitLaterAreFailedRuns() throws {
        let study = try Study.read(text: Self.powers)
        let model = Fake { request in
            guard request.number % 5 != 3 else { return .outputs(["y": []]) }
            return .outputs(["y": [2 * (request.parameters.first?.value ?? 0) + 5]])
        }
        let calibrator = Calibrator(study, model: model, store: NoStore())
        _ = try calibrator.run()
        #expect(try #require(calibrator.search.best).cost < 1e-10)
        #expect(calibrator.search.failures > 0)
        #expect(calibrator.reasons.keys.contains { $0.contains("output \"y\" has 0 values") })
    }

    /// A function as a model.
    private struct Fake: Model {
        let answer: @Sendable (ModelRequest) -> ModelReply

        func makeRunner(worker: Int) -> any ModelRunner { Runner(answer: answer) }

        private final class Runner: ModelRunner {
            let answer: @Sendable (ModelRequest) -> ModelReply
            init(answer: @escaping @Sendable (ModelRequest) -> ModelReply) { self.answer = answer }
            func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? { answer(request) }
        }
    }
}
