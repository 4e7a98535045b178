import Dispatch
import Foundation

/// A fixed number of workers that share loops. Work is split by index alone, so results never depend on
/// timing.
public struct Workers: Sendable {
    /// How many workers there are.
    public let count: Int

    /// - Parameter count: 0 takes every processor that the machine offers.
    public init(count: Int = 0) {
        self.count = count > 0 ? count : max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Calls `body` once per worker, concurrently, and returns when all are done.
    public func run(_ body: @Sendable (Int) -> Void) {
        if count == 1 { return body(0) }
        DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }

    /// The share of `items` that belongs to one worker; shares differ by at most one item.
    public func share(of items: Int, worker: Int) -> Range<Int> {
        (items * worker / count)..<(items * (worker + 1) / count)
    }
}
