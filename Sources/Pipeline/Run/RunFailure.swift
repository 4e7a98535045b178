import Archive
import Flow

/// Where and how a run failed.
struct RunFailure: Sendable, CustomStringConvertible {
    /// What happened, where, and in which state.
    let description: String
    /// Step and time at which it was noticed.
    let step: Int
    let time: Double

    /// The simulation cannot go on.
    init(_ failure: SimulationFailure) {
        switch failure {
        case .diverged(let failure): self.init(failure)
        case .vanishedTimeStep(let timeStep, let step, let time):
            self.init(vanishedTimeStep: timeStep, step: step, time: time)
        }
    }

    private init(vanishedTimeStep: Double, step: Int, time: Double) {
        self.step = step
        self.time = time
        description =
            "the stable time step is \(significant(vanishedTimeStep)) at step \(step), time \(significant(time)): "
            + "the time does not advance any more"
    }

    /// The solver found a cell without positive, finite density and pressure.
    init(_ failure: FlowFailure) {
        step = failure.step
        time = failure.time
        guard failure.state.count > 2 else {
            description = "the flow diverged at step \(step), time \(significant(time))"
            return
        }
        let names = ["x", "y", "z"]
        let place = zip(names, failure.position).map { "\($0) = \(significant($1))" }.joined(separator: ", ")
        let velocity = failure.state.dropFirst().dropLast().map(significant).joined(separator: ", ")
        description =
            "the flow diverged at step \(step), time \(significant(time)), in cell \(failure.cell) at \(place): "
            + "density \(significant(failure.state[0])), velocity (\(velocity)), "
            + "pressure \(significant(failure.state[failure.state.count - 1]))"
    }

    /// A derived quantity is not finite though the state is, or does not fit into single precision.
    init(_ error: ArchiveError, _ computation: any FlowComputation) {
        step = computation.step
        time = computation.time
        description = "the flow diverged: \(error.message)"
    }

    /// What to try, given how the case is computed.
    static func advice(_ flowCase: FlowCase) -> String {
        let numerics = flowCase.numerics
        var ideas: [String] = []
        if let fixed = numerics.timeStep {
            ideas.append("a time step under \(significant(fixed)), or none, so that `cfl` chooses it")
        } else if numerics.cfl > 0.2 {
            ideas.append("a lower CFL number (--set numerics.cfl=\(significant(numerics.cfl / 2)))")
        }
        if numerics.usesEntropicPressure {
            let alpha = numerics.alpha > 0 ? 2 * numerics.alpha : 2
            ideas.append("wider regularized shocks (--set numerics.alpha=\(significant(alpha)))")
        }
        if numerics.usesEntropicPressure && numerics.order > 3 {
            ideas.append("a more robust order (--set numerics.order=3)")
        }
        if flowCase.initial.smoothingPasses == 0 {
            ideas.append("a smoothed initial state (--set initial.smoothing=2)")
        }
        if numerics.storage == .float16 || numerics.storage == .scaled16 {
            ideas.append("full storage (--storage float32)")
        }
        if numerics.usesEntropicPressure {
            ideas.append("shock capturing (--set numerics.scheme=weno-hllc)")
        } else {
            ideas.append(
                "a more diffusive flux (--set numerics.scheme=godunov --set numerics.reconstruction=muscl "
                    + "--set numerics.riemann_solver=rusanov)")
        }
        return "try " + ideas.joined(separator: ", ")
    }
}
