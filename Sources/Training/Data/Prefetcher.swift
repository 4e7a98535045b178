import Foundation

/// Makes a list of things on a thread of its own, a few ahead of who takes them.
final class Prefetcher<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var ready: [Result<Element, any Error>] = []
    private var isCancelled = false
    private var left: Int
    private let capacity: Int

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - range: What is to be made, by number.
    ///   - capacity: How many may wait.
    ///   - make: Called in order; nothing is made after an error.
    init(_ range: Range<Int>, capacity: Int = 2, make: @escaping @Sendable (Int) throws -> Element) {
        left = range.count
        self.capacity = capacity
        Thread.detachNewThread { [weak self] in
            for index in range {
                let result = Result { try make(index) }
                // Weak between items: who loses interest need not say so.
                guard let self, self.put(result) else { return }
                if case .failure = result { return }
            }
        }
    }

    /// The next thing; nil after the last. Throws what making it threw.
    func next() throws -> Element? {
        condition.lock()
        defer { condition.unlock() }
        guard left > 0 else { return nil }
        while ready.isEmpty { condition.wait() }
        left -= 1
        let result = ready.removeFirst()
        if case .failure = result { left = 0 }
        condition.signal()
        return try result.get()
    }

    /// Ends the thread after what it is at.
    func cancel() {
        condition.lock()
        isCancelled = true
        condition.broadcast()
        condition.unlock()
    }

    private func put(_ result: Result<Element, any Error>) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while ready.count >= capacity, !isCancelled { condition.wait() }
        guard !isCancelled else { return false }
        ready.append(result)
        condition.signal()
        return true
    }
}
