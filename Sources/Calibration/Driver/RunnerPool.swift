import Dispatch
import Foundation

/// The runners of all workers, which share a list of requests.
final class RunnerPool: @unchecked Sendable {
    private let model: any Model
    private let workers: Int
    private var runners: [(any ModelRunner)?]

    init(_ model: any Model, workers: Int) {
        self.model = model
        self.workers = max(1, workers)
        runners = Array(repeating: nil, count: self.workers)
    }

    /// Runs all requests; nil stands for those that a cancellation prevented. `deliver` is called once
    /// for each reply, never twice at the same time. The first error ends the batch.
    func run(
        _ requests: [ModelRequest], isCancelled: @escaping @Sendable () -> Bool,
        deliver: (ModelRequest, ModelReply) throws -> Void
    ) throws -> [ModelReply?] {
        try withoutActuallyEscaping(deliver) { deliver in
            let batch = Batch(requests, deliver)
            let count = min(workers, requests.count)
            if count == 1 {
                work(0, batch, isCancelled)
            } else {
                DispatchQueue.concurrentPerform(iterations: count) { work($0, batch, isCancelled) }
            }
            if let error = batch.error { throw error }
            return batch.replies
        }
    }

    private func work(_ worker: Int, _ batch: Batch, _ isCancelled: () -> Bool) {
        do {
            while !isCancelled(), let index = batch.next() {
                let runner = try runners[worker] ?? model.makeRunner(worker: worker)
                runners[worker] = runner
                guard let reply = runner.run(batch.requests[index], isCancelled: isCancelled) else { return }
                try batch.finish(index, reply)
            }
        } catch { batch.fail(error) }
    }

    /// Σ c ∂output/∂parameter by the first worker's runner; nil where it does not know derivatives.
    func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) throws -> [Double]? {
        let runner = try runners[0] ?? model.makeRunner(worker: 0)
        runners[0] = runner
        return (runner as? any DifferentiableRunner)?.pullback(request, cotangents)
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
    private let deliver: (ModelRequest, ModelReply) throws -> Void
    private let lock = NSLock()
    private var taken = 0
    private(set) var replies: [ModelReply?]
    private(set) var error: (any Error)?

    init(_ requests: [ModelRequest], _ deliver: @escaping (ModelRequest, ModelReply) throws -> Void) {
        self.requests = requests
        self.deliver = deliver
        replies = Array(repeating: nil, count: requests.count)
    }

    func next() -> Int? {
        lock.withLock {
            guard error == nil, taken < requests.count else { return nil }
            taken += 1
            return taken - 1
        }
    }

    func finish(_ index: Int, _ reply: ModelReply) throws {
        let reply = reply.checked
        try lock.withLock {
            replies[index] = reply
            try deliver(requests[index], reply)
        }
    }

    func fail(_ error: any Error) {
        lock.withLock { if self.error == nil { self.error = error } }
    }
}
