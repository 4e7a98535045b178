import Foundation
import Numerics

/// The runners of all workers, which share a list of requests.
final class RunnerPool: @unchecked Sendable {
    private let model: any Model
    private let workers: Int
    private let rule: OverdueRule
    private let clock = RunClock()
    private var runners: [(any ModelRunner)?]

    init(_ model: any Model, workers: Int, overdue rule: OverdueRule = OverdueRule()) {
        self.model = model
        self.workers = max(1, workers)
        self.rule = rule
        runners = Array(repeating: nil, count: self.workers)
    }

    /// Runs all requests; nil stands for those that a cancellation prevented. `deliver` is called once
    /// for each reply, never twice at the same time. The first error ends the batch.
    func run(
        _ requests: [ModelRequest], isCancelled: @escaping @Sendable () -> Bool,
        deliver: (ModelRequest, ModelReply) throws -> Void
    ) throws -> [ModelReply?] {
        try withoutActuallyEscaping(deliver) { deliver in
            let batch = Batch(requests, leavingOut: model.mayLeaveOut, deliver)
            // A run can be started a second time where there is a second worker.
            let count = rule.reschedule == nil ? min(workers, requests.count) : workers
            if count == 1 {
                work(0, batch, isCancelled)
            } else {
                JoinedThreads.run(count) { [self] in work($0, batch, isCancelled) }
            }
            if let error = batch.error { throw error }
            return batch.replies
        }
    }

    private func work(_ worker: Int, _ batch: Batch, _ isCancelled: () -> Bool) {
        do {
            while !isCancelled(), let index = batch.next() {
                try run(index, worker, batch, isCancelled)
            }
            guard let factor = rule.reschedule else { return }
            while !isCancelled(), batch.isOpen {
                if let usual = clock.usual, let index = batch.overdue(after: factor * usual) {
                    try run(index, worker, batch, isCancelled)
                } else {
                    usleep(5000)
                }
            }
        } catch { batch.fail(error) }
    }

    private func run(_ index: Int, _ worker: Int, _ batch: Batch, _ isCancelled: () -> Bool) throws {
        let runner = try runners[worker] ?? model.makeRunner(worker: worker)
        runners[worker] = runner
        let started = Date.now
        let isOverdue = { [rule, clock] in
            guard let factor = rule.giveUp, let usual = clock.usual else { return false }
            return -started.timeIntervalSinceNow > factor * usual
        }
        let reply = runner.run(batch.requests[index]) {
            isCancelled() || batch.isAnswered(index) || isOverdue()
        }
        if let reply {
            if rule.isActive, case .outputs = reply { clock.record(-started.timeIntervalSinceNow) }
            if rule.isActive, case .value = reply { clock.record(-started.timeIntervalSinceNow) }
            try batch.finish(index, reply)
        } else if !isCancelled(), isOverdue() {
            try batch.finish(index, .failed("overdue: no answer in \(rule.giveUp ?? 0) times the usual time"))
        }
    }

    /// Σ c ∂output/∂parameter by the first worker's runner; nil where it does not know derivatives.
    func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) throws -> [Double]? {
        let runner = try runners[0] ?? model.makeRunner(worker: 0)
        runners[0] = runner
        return runner.pullback(request, cotangents)
    }

    func end() {
        for runner in runners { runner?.end() }
        runners = Array(repeating: nil, count: workers)
    }

    deinit { end() }
}

/// A list of requests that workers take from.
private final class Batch: @unchecked Sendable {
    let requests: [ModelRequest]
    private let leavingOut: Bool
    private let deliver: (ModelRequest, ModelReply) throws -> Void
    private let lock = NSLock()
    private var taken = 0
    private var started: [Int: Date] = [:]
    private var repeated: Set<Int> = []
    private(set) var replies: [ModelReply?]
    private(set) var error: (any Error)?

    init(
        _ requests: [ModelRequest], leavingOut: Bool,
        _ deliver: @escaping (ModelRequest, ModelReply) throws -> Void
    ) {
        self.requests = requests
        self.leavingOut = leavingOut
        self.deliver = deliver
        replies = Array(repeating: nil, count: requests.count)
    }

    func next() -> Int? {
        lock.withLock {
            guard error == nil, taken < requests.count else { return nil }
            taken += 1
            started[taken - 1] = .now
            return taken - 1
        }
    }

    /// Whether answers are missing.
    var isOpen: Bool { lock.withLock { error == nil && replies.contains { $0 == nil } } }

    func isAnswered(_ index: Int) -> Bool { lock.withLock { replies[index] != nil } }

    /// A request that has been running for so long and has not been started a second time.
    func overdue(after seconds: Double) -> Int? {
        lock.withLock {
            let index = started.keys.sorted().first { index in
                replies[index] == nil && !repeated.contains(index)
                    && -(started[index]?.timeIntervalSinceNow ?? 0) > seconds
            }
            if let index { repeated.insert(index) }
            return index
        }
    }

    /// Takes an answer; a second one to the same request is not needed any more.
    func finish(_ index: Int, _ reply: ModelReply) throws {
        let reply = reply.checked(leavingOut: leavingOut)
        try lock.withLock {
            guard replies[index] == nil else { return }
            replies[index] = reply
            try deliver(requests[index], reply)
        }
    }

    func fail(_ error: any Error) {
        lock.withLock { if self.error == nil { self.error = error } }
    }
}
