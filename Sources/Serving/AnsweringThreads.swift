import Foundation

/// Threads that answer requests which passed the guard. The one that listens is not among them, so that an answer which
/// takes its time keeps nobody from asking.
final class AnsweringThreads: @unchecked Sendable {
    typealias Work = @Sendable () -> Void

    /// Guards what follows.
    private let condition = NSCondition()
    private var waiting: [Work] = []
    private var hasEnded = false
    private let room: Int

    /// Starts so many threads; no more than `room` pieces of work wait for one of them.
    init(_ count: Int, room: Int) {
        self.room = room
        for _ in 0..<count {
            let thread = Thread { [self] in while let work = next() { work() } }
            thread.name = "answers"
            thread.start()
        }
    }

    /// Leaves work to the next thread that is free; false where too much waits already.
    func take(_ work: @escaping Work) -> Bool {
        condition.withLock {
            guard waiting.count < room, !hasEnded else { return false }
            waiting.append(work)
            condition.signal()
            return true
        }
    }

    /// Threads end after what they are at; what waits is dropped.
    func end() {
        condition.withLock {
            (hasEnded, waiting) = (true, [])
            condition.broadcast()
        }
    }

    private func next() -> Work? {
        condition.withLock {
            while waiting.isEmpty && !hasEnded { condition.wait() }
            return hasEnded ? nil : waiting.removeFirst()
        }
    }
}
