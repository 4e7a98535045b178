import Archive
import Flow

/// How a run ended.
enum RunEnding {
    /// The end time is reached.
    case completed
    /// The step at which the case ends in any case is reached.
    case reachedStepLimit
    /// The flow lost density, pressure or finiteness.
    case diverged(RunFailure)
    /// A signal came in.
    case interrupted(ExitStatus)
    /// The case's budget of wall time is spent.
    case outOfBudget

    /// Runs a simulation. Throws `ArchiveError` where the results cannot be written, and what other observers throw.
    init(of simulation: Simulation) throws {
        do {
            self.init(try simulation.run())
        } catch let error as ArchiveError where error.kind == .nonFinite {
            self = .diverged(RunFailure(error, simulation.computation))
        }
    }

    private init(_ ending: SimulationEnding) {
        switch ending {
        case .reachedEnd, .stopped(.steady): self = .completed
        case .reachedStepLimit: self = .reachedStepLimit
        case .stopped(.outOfBudget): self = .outOfBudget
        case .stopped(.interrupted), .stopped(.cancelled):
            self = .interrupted(Interruption.requested ?? .interrupted)
        case .failed(let failure): self = .diverged(RunFailure(failure))
        }
    }
}

/// Wall-clock seconds of a run: of this call, and of the calls before that it goes on from.
struct RunClock {
    private let started = monotonicSeconds()
    private let secondsBefore: Double

    /// Begins to count.
    init(after resumed: RunCheckpoint?) { secondsBefore = resumed?.seconds ?? 0 }

    /// Of this call.
    var seconds: Double { monotonicSeconds() - started }
    /// Of all calls.
    var total: Double { secondsBefore + seconds }
}
