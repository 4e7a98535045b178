/// A state that a simulation stands at.
public struct SimulationMoment {
    /// The computation, its state sound.
    public let computation: any FlowComputation
    /// How far the simulation goes.
    public let limits: SimulationLimits
    /// The size of the step that led here; 0 where none did.
    public let timeStep: Double
    /// Whether the simulation begins here, at t = 0 or where another one was left.
    public let isFirst: Bool
    /// How the simulation ends in this state; nil where it goes on, and while observers are asked whether it shall.
    public internal(set) var ending: SimulationEnding?

    /// The time reached.
    public var time: Double { computation.time }
    /// The steps done since t = 0.
    public var step: Int { computation.step }
    /// Whether no later call goes on from here.
    public var isLast: Bool { ending?.isFinal ?? false }

    /// Whether a time is reached, but for the last bits.
    public func hasReached(_ stop: Double) -> Bool { limits.hasReached(stop, at: time) }
}

/// Looks at a simulation while it goes on: writes, measures, shows, and may ask to stop. An observer changes nothing
/// of the computation but the times that its steps end at.
public protocol SimulationObserver: AnyObject {
    /// The first time after `time` at which the observer wants to stand; nil where any will do. It depends on nothing
    /// but `time`, so that a simulation that was interrupted takes the steps that it would have taken otherwise.
    func nextStop(after time: Double) -> Double?
    /// Whether to stop in this state. All observers are asked before any of them is shown the state.
    func stopRequest(at moment: SimulationMoment) throws -> StopRequest?
    /// Takes in a state: the first one, and that after every step. What it throws ends the simulation.
    func observe(_ moment: SimulationMoment) throws
}

extension SimulationObserver {
    /// Any time will do.
    public func nextStop(after time: Double) -> Double? { nil }
    /// Goes on.
    public func stopRequest(at moment: SimulationMoment) throws -> StopRequest? { nil }
    /// Does nothing.
    public func observe(_ moment: SimulationMoment) throws {}
}
