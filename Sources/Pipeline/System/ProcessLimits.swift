import Foundation

/// What the shell that started this process allows it, and what of that has to be known before anything else.
public enum ProcessLimits {
    /// Files and lines to other processes that any verb may have open at once.
    private static let leastDescriptors = 64
    /// Those that a process of a worker takes besides: two ends of each line to it, its log, its files.
    private static let descriptorsOfWorker = 16

    /// Prepares the process; the first thing that it does.
    ///
    /// - Throws: `ToolError` where so few files may be open that libraries would end the process without a word.
    public static func prepare() throws {
        // A file that outgrows `ulimit -f` is a write that fails, with its reason, and not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        // No locale has such a name; the library that looks for it overruns its own memory.
        for name in ["LC_ALL", "LANG", "LANGUAGE"]
            + ProcessInfo.processInfo.environment.keys.filter({ $0.hasPrefix("LC_") })
        where (getenv(name).map { strlen($0) } ?? 0) > 100 {
            unsetenv(name)
        }
        try requireDescriptors(leastDescriptors, for: "this tool")
    }

    /// Bytes that this process may have: what the machine has, or less where the shell says so.
    static var memory: UInt64 {
        var limit = rlimit()
        let machine = ProcessInfo.processInfo.physicalMemory
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return machine }
        return min(machine, UInt64(limit.rlim_cur))
    }

    /// Throws `ToolError` where so many workers cannot be served at once.
    static func requireRoom(forWorkers count: Int) throws {
        try requireDescriptors(leastDescriptors + descriptorsOfWorker * count, for: "\(count) workers")
    }

    /// Takes what is allowed without asking, as far as it is needed.
    private static func requireDescriptors(_ count: Int, for whom: String) throws {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
        if limit.rlim_max >= rlim_t(count) {
            limit.rlim_cur = rlim_t(count)
            if setrlimit(kind, &limit) == 0 { return }
        }
        throw ToolError(
            "no more than \(limit.rlim_cur) files may be open here; \(whom) may need \(count)",
            advice: "raise the limit: ulimit -n \(count)", status: .failed)
    }
}
