/// The time loop: asks for the stable step, shortens it to the next time that anybody wants to stand at, advances, and
/// tells its observers. Runs, checks, samples, calibrations and benchmarks differ in their observers only.
public final class Simulation {
    /// What advances.
    public let computation: any FlowComputation
    /// How far it goes.
    public let limits: SimulationLimits
    /// Wall-clock seconds spent in the computation alone.
    public private(set) var solverSeconds = 0.0
    private let observers: [any SimulationObserver]
    private let clock = ContinuousClock()

    /// A simulation from where the computation stands.
    ///
    /// - Parameter observers: In the order in which they are asked and told.
    public init(
        _ computation: any FlowComputation, until limits: SimulationLimits,
        observers: [any SimulationObserver] = []
    ) {
        self.computation = computation
        self.limits = limits
        self.observers = observers
    }

    /// Advances to the end, to the first failure, or until an observer asks to stop.
    ///
    /// - Returns: How it ended. A flow that is lost is an ending, not an error.
    /// - Throws: What an observer throws.
    public func run() throws -> SimulationEnding {
        do {
            var (timeStep, isFirst) = (0.0, true)
            while true {
                // Looks at every cell: a state that passes is fit to be shown.
                let limit = try timed { () throws(FlowFailure) in try computation.stableTimeStep() }
                if let ending = try visit(timeStep, isFirst, limit) { return ending }
                timeStep = nextStep(limit)
                try timed { () throws(FlowFailure) in try computation.advance(by: timeStep) }
                isFirst = false
            }
        } catch let failure as FlowFailure {
            return .failed(.diverged(failure))
        }
    }

    /// Decides whether the simulation ends here, and shows the state to all observers.
    private func visit(_ timeStep: Double, _ isFirst: Bool, _ limit: Double) throws -> SimulationEnding? {
        var moment = SimulationMoment(
            computation: computation, limits: limits, timeStep: timeStep, isFirst: isFirst, ending: nil)
        let requests = try observers.compactMap { try $0.stopRequest(at: moment) }
        moment.ending = decide(requests.max(), limit)
        for observer in observers { try observer.observe(moment) }
        return moment.ending
    }

    /// The one place where a simulation is ended. What is finished goes before what cannot go on, and both before what
    /// could: a run that was interrupted in its last step is complete.
    private func decide(_ request: StopRequest?, _ limit: Double) -> SimulationEnding? {
        let (time, step) = (computation.time, computation.step)
        if let request, request.isFinal { return .stopped(request) }
        if limits.hasReached(limits.end, at: time) { return .reachedEnd }
        if let most = limits.maximumSteps, step >= most { return .reachedStepLimit }
        guard limit.isFinite, time + limit > time else {
            return .failed(.vanishedTimeStep(limit, step: step, time: time))
        }
        return request.map(SimulationEnding.stopped)
    }

    /// The stable step, or what is left to the next time that somebody wants to stand at.
    private func nextStep(_ limit: Double) -> Double {
        let time = computation.time
        let stops = observers.compactMap { $0.nextStop(after: time + limits.tolerance) }
        return limits.step(from: time, to: min(stops.min() ?? limits.end, limits.end), limit: limit)
    }

    private func timed<Result>(_ body: () throws(FlowFailure) -> Result) throws(FlowFailure) -> Result {
        let before = clock.now
        defer {
            let (seconds, attoseconds) = before.duration(to: clock.now).components
            solverSeconds += Double(seconds) + Double(attoseconds) * 1e-18
        }
        return try body()
    }
}
