import Flow

/// Marches a flow until it is steady, and keeps the state or its average.
struct SteadyMarch {
    let march: TaskMarch
    let options: SteadyOptions
    let domain: Domain
    let end: Double
    /// Steps between two states of an average.
    private static let averagingInterval = 4

    /// What came of it.
    struct Outcome {
        var ending: SampleResult.Ending
        var state: ConservedState
        var residual: Double?
    }

    /// Runs to steadiness or the end time. Throws ``SampleProblem``.
    func run(_ monitor: inout ResidualMonitor) throws -> Outcome {
        let averagingStart = options.averagingTime.map { max(0, end - $0) } ?? end
        if try marchToSteadiness(&monitor, until: averagingStart) {
            return Outcome(ending: .converged, state: state, residual: monitor.residual)
        }
        guard options.averagingTime != nil else {
            return Outcome(ending: .ended, state: state, residual: monitor.residual)
        }
        return Outcome(ending: .averaged, state: try average(), residual: monitor.residual)
    }

    private var state: ConservedState { ConservedState(march.computation, domain) }

    private func marchToSteadiness(_ monitor: inout ResidualMonitor, until stop: Double) throws -> Bool {
        let computation = march.computation
        while !march.isReached(stop) {
            _ = try march.step(until: stop)
            guard let tolerance = options.tolerance, computation.step.isMultiple(of: options.checkEvery),
                computation.time >= options.earliest
            else { continue }
            _ = try march.check()
            monitor.look(at: state, time: computation.time)
            if let residual = monitor.residual, residual < tolerance { return true }
        }
        _ = try march.check()
        return false
    }

    /// The mean in time up to the end, by the trapezoidal rule.
    private func average() throws -> ConservedState {
        var before = state
        var sum = ConservedState(rank: before.rank, cells: before.cells)
        var total = 0.0
        while !march.isReached(end) {
            var size = 0.0
            for _ in 0..<Self.averagingInterval where !march.isReached(end) {
                size += try march.step(until: end)
            }
            let after = state
            sum.add(before, weight: size / 2)
            sum.add(after, weight: size / 2)
            total += size
            before = after
        }
        _ = try march.check()
        return total > 0 ? sum.scaled(by: 1 / total) : before
    }
}
