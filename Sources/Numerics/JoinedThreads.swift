import Foundation

/// Threads for work that waits, each of its own: those that the system shares out are as many as there are processors,
/// and belong to work that computes. They are over, with all that libraries keep for them, before the caller goes on: HDF5
/// complains where a process ends while a thread that used it is still being cleared away.
public enum JoinedThreads {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` with the numbers from 0 on, each on a thread of its own, and waits for all of them. Where the system
    /// gives fewer threads the last numbers are missing; number 0 always runs.
    public static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 8 << 20)
        defer { pthread_attr_destroy(&attributes) }
        var threads: [pthread_t] = []
        for number in 0..<count {
            let work = Unmanaged.passRetained(Work { body(number) })
            var thread = pthread_t()
            let status = pthread_create(&thread, &attributes, start, work.toOpaque())
            guard status == 0 else {
                work.release()
                break
            }
            threads.append(thread)
        }
        if threads.isEmpty { body(0) }
        for thread in threads { pthread_join(thread, nil) }
    }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
        pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
    }
}
