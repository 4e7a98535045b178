/// How a verb ended, as scripts see it.
public enum ExitStatus: Int32, Sendable, Codable {
    /// Everything asked for is done.
    case done = 0
    /// The run failed: it diverged, or a resource that it needs is gone.
    case failed = 1
    /// The input or the command line is wrong; nothing was written.
    case badInput = 2
    /// A check found results that differ from what was expected.
    case drift = 3
    /// What a notebook asks for differs from what was accepted.
    case stale = 4
    /// A cell of a notebook has no result.
    case broken = 5
    /// A notebook took longer than it may.
    case overBudget = 6
    /// Stopped by Ctrl-C.
    case interrupted = 130
    /// Stopped by SIGTERM.
    case terminated = 143
}
