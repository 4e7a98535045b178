import Flow

/// Advances a computation, and says where and how it is lost.
struct TaskMarch {
    let computation: any FlowComputation
    let maximumSteps: Int
    /// Called before every step; throws to stop.
    let onStep: (_ step: Int, _ time: Double) throws -> Void

    /// One step, no further than a time. Returns its size. Throws ``SampleProblem``.
    func step(until stop: Double) throws -> Double {
        try onStep(computation.step, computation.time)
        guard computation.step < maximumSteps else {
            throw SampleProblem(
                "time.maximum_steps = \(maximumSteps) came at time \(computation.time), before time \(stop)")
        }
        do {
            let limit = try computation.stableTimeStep()
            guard limit.isFinite, computation.time + limit > computation.time else {
                throw SampleProblem(
                    "the stable time step is \(limit) at step \(computation.step), time \(computation.time): "
                        + "the time does not advance any more", isDivergence: true)
            }
            let left = stop - computation.time
            let size = left <= limit * (1 + 1e-12) ? left : limit
            try computation.advance(by: size)
            return size
        } catch let failure as FlowFailure {
            throw SampleProblem(failure.description, isDivergence: true)
        }
    }

    /// Steps to a time. Throws ``SampleProblem``.
    func march(to stop: Double) throws {
        while !isReached(stop) { _ = try step(until: stop) }
        _ = try check()
    }

    /// Whether a time is reached, but for the last bits.
    func isReached(_ stop: Double) -> Bool { computation.time >= stop - 1e-12 * abs(stop) }

    /// Looks at every cell: a state that passes is fit to be kept. Throws ``SampleProblem``.
    func check() throws -> Double {
        do {
            return try computation.stableTimeStep()
        } catch {
            throw SampleProblem(error.description, isDivergence: true)
        }
    }
}
