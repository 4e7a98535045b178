import Calibration
import Foundation
import Testing

@Suite struct OverdueTests {
    /// The first attempt at a run number does not come to an end by itself.
    private final class Slow: Model, @unchecked Sendable {
        let stuck: Int
        private let lock = NSLock()
        private var attempts: [Int: Int] = [:]

        init(stuck: Int) { self.stuck = stuck }

        func attempt(_ number: Int) -> Int {
            lock.withLock {
                attempts[number, default: 0] += 1
                return attempts[number, default: 0]
            }
        }

        func makeRunner(worker: Int) -> any ModelRunner { Runner(model: self) }

        final class Runner: ModelRunner {
            let model: Slow
            init(model: Slow) { self.model = model }

            func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
                if request.number == model.stuck, model.attempt(request.number) == 1 {
                    while !isCancelled() { usleep(1000) }
                    return nil
                }
                usleep(2000)
                let value = request.parameters[0].value
                return .value(value * value)
            }
        }
    }

    private final class Store: EvaluationStore {
        var replies: [Int: ModelReply] = [:]
        func reply(to request: ModelRequest) -> ModelReply? { nil }
        func keep(_ reply: ModelReply, to request: ModelRequest) { replies[request.number] = reply }
    }

    private func calibrate(_ keys: String, stuck: Int) throws -> (Calibrator, Store) {
        let study = try Study.read(
            text: """
                [model]
                kind = "expression"
                value = "a*a"
                workers = 2
                \(keys)
                [parameters.a]
                lower = -1.0
                upper = 1.0
                [method]
                name = "differential-evolution"
                population = 20
                budget = 60
                """)
        let store = Store()
        let calibrator = Calibrator(study, model: Slow(stuck: stuck), store: store)
        #expect(try calibrator.run())
        return (calibrator, store)
    }

    @Test(.timeLimit(.minutes(1))) func anOverdueRunIsStartedAgainByAnIdleWorker() throws {
        let (calibrator, store) = try calibrate("reschedule_after = 1.15", stuck: 30)
        #expect(calibrator.search.failures == 0 && calibrator.search.evaluations == 60)
        guard case .value? = store.replies[30] else {
            Issue.record("run 30 was not answered")
            return
        }
    }

    @Test(.timeLimit(.minutes(1))) func aRunThatTakesManyTimesTheUsualTimeIsARecordedFailure() throws {
        let (calibrator, store) = try calibrate("give_up_after = 5.0", stuck: 30)
        #expect(calibrator.search.failures == 1 && calibrator.search.evaluations == 60)
        #expect(store.replies[30] == .failed("overdue: no answer in 5.0 times the usual time"))
    }
}
