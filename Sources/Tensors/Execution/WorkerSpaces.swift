import Numerics

/// Workers with scratch memory of their own.
struct WorkerSpaces<Scalar: Real>: @unchecked Sendable {
    let workers: Workers
    let base: UnsafeMutablePointer<Scalar>
    /// Values of one worker, a multiple of a cache line.
    let count: Int

    /// Values of all workers' spaces of this size.
    static func total(_ count: Int, workers: Int) -> Int { padded(count) * workers }

    /// Rounded up to cache lines.
    static func padded(_ count: Int) -> Int { (count + 47) / 16 * 16 }

    init(_ workers: Workers, _ base: UnsafeMutablePointer<Scalar>, _ count: Int) {
        self.workers = workers
        self.base = base
        self.count = Self.padded(count)
    }

    /// The space of one worker.
    @inline(__always) func space(_ worker: Int) -> UnsafeMutablePointer<Scalar> { base + worker * count }

    /// Splits items among the workers, each with its space.
    @inline(__always) func share(_ items: Int, _ body: (Range<Int>, UnsafeMutablePointer<Scalar>) -> Void) {
        if workers.count == 1 || items < 2 { return body(0..<items, base) }
        withoutActuallyEscaping(body) { body in
            let job = SharedJob(body: body)
            workers.run { worker in
                let share = workers.share(of: items, worker: worker)
                if !share.isEmpty { job.body(share, space(worker)) }
            }
        }
    }
}

/// A body that several workers call: they write to places of their own.
private struct SharedJob<Scalar>: @unchecked Sendable {
    let body: (Range<Int>, UnsafeMutablePointer<Scalar>) -> Void
}
