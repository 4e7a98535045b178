/// Asks to stop once a granted wall time is spent; after one step at least, so that every call gets on.
public final class WallBudget: SimulationObserver {
    private let seconds: Double
    private let clock: () -> Double
    private let started: Double

    /// A budget that begins now; `clock` gives seconds that never run backwards.
    public init(seconds: Double, clock: @escaping () -> Double) {
        self.seconds = seconds
        self.clock = clock
        started = clock()
    }

    /// Stops where nothing is left.
    public func stopRequest(at moment: SimulationMoment) -> StopRequest? {
        !moment.isFirst && clock() - started >= seconds ? .outOfBudget : nil
    }
}

/// Asks to stop as soon as a question is answered with yes.
public final class StopWhen: SimulationObserver {
    private let request: StopRequest
    private let isWanted: () -> Bool

    /// Stops with `request` once `isWanted`, which is asked in every state.
    public init(_ request: StopRequest, _ isWanted: @escaping () -> Bool) {
        self.request = request
        self.isWanted = isWanted
    }

    /// Stops where it is wanted.
    public func stopRequest(at moment: SimulationMoment) -> StopRequest? { isWanted() ? request : nil }
}

/// Shows every state to a function.
public final class Watch: SimulationObserver {
    private let look: (SimulationMoment) throws -> Void

    /// What is called in every state.
    public init(_ look: @escaping (SimulationMoment) throws -> Void) { self.look = look }

    /// Calls the function.
    public func observe(_ moment: SimulationMoment) throws { try look(moment) }
}

/// Stands at given times and does nothing there: a computation in memory then takes the steps of a run that writes
/// something at these times.
public final class Stops: SimulationObserver {
    private let next: (Double) -> Double?

    /// - Parameter next: The first of the times after a given one; nil after the last.
    public init(_ next: @escaping (Double) -> Double?) { self.next = next }

    /// The first of the times.
    public func nextStop(after time: Double) -> Double? { next(time) }
}
