/// What an observer may ask for; where several ask, the greatest counts. Whole numbers, so that processes which
/// compute parts of one flow can agree by a maximum.
public enum StopRequest: Int, Sendable, Comparable {
    /// The wall time that was granted is spent.
    case outOfBudget = 1
    /// Nobody wants the result any more.
    case cancelled
    /// A signal came in.
    case interrupted
    /// The flow does not change any more: what was wanted is there.
    case steady

    /// Whether the simulation is finished by this, and not only left to be taken up again.
    public var isFinal: Bool { self == .steady }

    /// By urgency.
    public static func < (one: StopRequest, other: StopRequest) -> Bool { one.rawValue < other.rawValue }
}

/// How a simulation ended.
public enum SimulationEnding: Sendable {
    /// The end time.
    case reachedEnd
    /// The step at which it ends in any case, before the end time.
    case reachedStepLimit
    /// An observer asked for it.
    case stopped(StopRequest)
    /// It cannot go on.
    case failed(SimulationFailure)

    /// Whether the state is the last one: no later call goes on from here.
    public var isFinal: Bool {
        switch self {
        case .reachedEnd, .reachedStepLimit: true
        case .stopped(let request): request.isFinal
        case .failed: false
        }
    }

    /// Does nothing where the simulation came to its end.
    ///
    /// - Throws: ``SimulationFailure`` where it failed, ``SimulationStopped`` where somebody stopped it before.
    public func requireFinal() throws {
        switch self {
        case .failed(let failure): throw failure
        case .stopped(let request) where !request.isFinal: throw SimulationStopped(request: request)
        default: return
        }
    }
}

/// Why a simulation cannot go on.
public enum SimulationFailure: Error, Sendable, CustomStringConvertible {
    /// Density, pressure or finiteness was lost.
    case diverged(FlowFailure)
    /// The stable time step does not advance the time.
    case vanishedTimeStep(Double, step: Int, time: Double)

    /// All of it in one line.
    public var description: String {
        switch self {
        case .diverged(let failure): failure.description
        case .vanishedTimeStep(let timeStep, let step, let time):
            "the stable time step is \(timeStep) at step \(step), time \(time): the time does not advance any more"
        }
    }
}

/// Somebody stopped a simulation whose end was needed.
public struct SimulationStopped: Error, Sendable {
    /// What was asked for.
    public let request: StopRequest
}
