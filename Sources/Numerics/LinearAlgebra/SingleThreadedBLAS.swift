import COpenBLAS

/// Holds OpenBLAS to one thread: sums then have one order, and results do not depend on the machine's load.
/// Everything in this folder passes here first; parallelism belongs to whoever calls.
enum SingleThreadedBLAS {
    private static let settled: Void = openblas_set_num_threads(1)

    /// Settles the number of threads once a process.
    @inline(__always) static func require() { settled }
}
