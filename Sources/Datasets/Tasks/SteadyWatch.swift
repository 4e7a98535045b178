import Flow

/// Ends a simulation once its flow is steady, and averages a flow that did not become so.
final class SteadyWatch: SimulationObserver {
    private let options: SteadyOptions
    private let domain: Domain
    /// Where the average begins; nil where there is none.
    private let averagingStart: Double?
    private var monitor: ResidualMonitor
    private var average: TimeAverage?
    /// Steps between two states of an average.
    private static let averagingInterval = 4

    init(_ options: SteadyOptions, _ flowCase: FlowCase, monitor: ResidualMonitor) {
        self.options = options
        self.monitor = monitor
        domain = flowCase.domain
        averagingStart = options.averagingTime.map { max(0, flowCase.time.end - $0) }
    }

    /// The residual between the last two looks; nil before the second.
    var residual: Double? { monitor.residual }
    /// The mean in time over the last part of the simulation; nil where none was asked for.
    var mean: ConservedState? { average?.mean }

    func nextStop(after time: Double) -> Double? { averagingStart.flatMap { $0 > time ? $0 : nil } }

    func stopRequest(at moment: SimulationMoment) -> StopRequest? {
        guard average == nil, !moment.isFirst, let tolerance = options.tolerance,
            moment.step.isMultiple(of: options.checkEvery), moment.time >= options.earliest
        else { return nil }
        monitor.look(at: ConservedState(moment.computation, domain), time: moment.time)
        return residual.map { $0 < tolerance } == true ? .steady : nil
    }

    func observe(_ moment: SimulationMoment) {
        guard let averagingStart, moment.hasReached(averagingStart) else { return }
        guard average != nil else {
            average = TimeAverage(from: ConservedState(moment.computation, domain))
            return
        }
        average?.pass(moment.timeStep)
        guard let steps = average?.pendingSteps, steps == Self.averagingInterval || moment.isLast else {
            return
        }
        average?.add(ConservedState(moment.computation, domain))
    }
}

/// The mean of a state in time, by the trapezoidal rule.
struct TimeAverage {
    private var last: ConservedState
    private var sum: ConservedState
    private var total = 0.0
    private var pending = 0.0
    /// Steps since the last state that was added.
    private(set) var pendingSteps = 0

    /// Begins in a state.
    init(from state: ConservedState) {
        last = state
        sum = ConservedState(rank: state.rank, cells: state.cells)
    }

    /// A step was done.
    mutating func pass(_ timeStep: Double) {
        pending += timeStep
        pendingSteps += 1
    }

    /// The state after the steps that were done since the last one.
    mutating func add(_ state: ConservedState) {
        sum.add(last, weight: pending / 2)
        sum.add(state, weight: pending / 2)
        total += pending
        last = state
        (pending, pendingSteps) = (0, 0)
    }

    /// The mean up to the last state that was added.
    var mean: ConservedState { total > 0 ? sum.scaled(by: 1 / total) : last }
}
