import Flow

/// Keeps the channels of a sample: its inputs at the start, and the states that are asked for by their times.
final class SampleRecorder: SimulationObserver {
    private let task: SampleTask
    private let constants: [String: Double]
    private let channels: SampleChannels
    private let domain: Domain
    private let times: [Double]
    private var kept = 0
    /// Input channels, one after the other.
    private(set) var inputs: [Float] = []
    /// Output channels of one time after the other.
    private(set) var outputs: [Float] = []

    /// - Parameter times: Ascending; may be empty.
    init(
        _ task: SampleTask, at times: [Double], constants: [String: Double], _ channels: SampleChannels,
        _ domain: Domain
    ) {
        self.task = task
        self.times = times
        self.constants = constants
        self.channels = channels
        self.domain = domain
    }

    func nextStop(after time: Double) -> Double? { times.first { $0 > time } }

    func observe(_ moment: SimulationMoment) throws {
        if moment.isFirst {
            inputs = try channels.inputs(task.inputs, constants: constants) {
                state(of: moment.computation)
            }
        }
        guard kept < times.count, moment.hasReached(times[kept]) else { return }
        kept += 1
        try keep(state(of: moment.computation))
    }

    /// The present state of a computation of the case.
    func state(of computation: any FlowComputation) -> ConservedState { ConservedState(computation, domain) }

    /// Adds a state to the outputs. Throws ``SampleProblem``.
    func keep(_ state: ConservedState) throws { outputs += try channels.outputs(task.outputs, of: state) }
}
