import Foundation

/// Threads that are over, with all that libraries keep for them, before the caller goes on: HDF5 complains where a process
/// ends while a thread that used it is still being cleared away.
enum JoinedThreads {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on so many threads, and waits for all of them.
    static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 8 << 20)
        defer { pthread_attr_destroy(&attributes) }
        var threads: [pthread_t] = []
        for _ in 0..<count {
            let work = Unmanaged.passRetained(Work(body))
            var thread = pthread_t()
            let status = pthread_create(&thread, &attributes, start, work.toOpaque())
            if status == 0 { threads.append(thread) } else { work.release() }
        }
        // Where the system gives no thread, this one does the work.
        if threads.isEmpty { body() }
        for thread in threads { pthread_join(thread, nil) }
    }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
        pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
    }
}
