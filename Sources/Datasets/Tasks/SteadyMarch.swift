import Flow

/// Marches a flow until it is steady, or averages it over a window of time.
struct SteadyMarch {
    let march: TaskMarch
    let domain: Domain
    let end: Double
    /// Steps between two looks at the residual.
    static let checkInterval = 16

    /// What came of it.
    struct Outcome {
        var ending: SampleResult.Ending
        var state: ConservedState
        var residual: Double?
    }

    /// Runs to steadiness or through the window. Throws ``SampleProblem``, also where the flow is not steady at the
    /// end time.
    func run(_ options: SteadyState, _ monitor: inout ResidualMonitor) throws -> Outcome {
        switch options {
        case .residual(let tolerance):
            try marchToSteadiness(&monitor, tolerance)
            return Outcome(ending: .converged, state: state, residual: monitor.residual)
        case .average(let from, let to):
            try march.march(to: from)
            return Outcome(ending: .averaged, state: try average(to: to), residual: nil)
        }
    }

    private var state: ConservedState { ConservedState(march.computation, domain) }

    private func marchToSteadiness(_ monitor: inout ResidualMonitor, _ tolerance: Double) throws {
        let computation = march.computation
        while !march.isReached(end) {
            _ = try march.step(until: end)
            guard computation.step.isMultiple(of: Self.checkInterval) else { continue }
            _ = try march.check()
            monitor.look(at: state, time: computation.time)
            if let residual = monitor.residual, residual < tolerance { return }
        }
        _ = try march.check()
        let found = monitor.residual.map { "\($0)" } ?? "unknown"
        throw SampleProblem(
            "the flow is not steady at the end time \(end): residual \(found), tolerance \(tolerance); raise time.end "
                + "or the tolerance, or average over a window", kind: .unsteady)
    }

    /// The mean in time, by the trapezoidal rule.
    private func average(to end: Double) throws -> ConservedState {
        var before = state
        var sum = ConservedState(rank: before.rank, cells: before.cells)
        var total = 0.0
        while !march.isReached(end) {
            let size = try march.step(until: end)
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
