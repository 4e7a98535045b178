import Flow
import Numerics

/// Computes one sample.
public enum SampleRunner {
    /// Computes a case and keeps what a task asks for.
    ///
    /// - Parameters:
    ///   - flowCase: The sample's case.
    ///   - task: What is computed and kept.
    ///   - constants: Values of input channels that are constant in space, by name.
    ///   - onStep: Called before every step with the steps done and the time reached; throws to stop.
    /// - Throws: ``SampleProblem``; `BodyProblem` where the grid cannot hold a body; what `onStep` throws.
    public static func run(
        _ flowCase: FlowCase, task: SampleTask, constants: [String: Double],
        onStep: (_ step: Int, _ time: Double) throws -> Void = { _, _ in }
    ) throws -> SampleResult {
        try check(task, against: flowCase)
        let solid = SolidCells(flowCase, workers: Workers(count: flowCase.numerics.threads))
        let isSolid = (0..<flowCase.domain.cells.reduce(1, *)).map { solid.isSolid($0) }
        let channels = SampleChannels(flowCase, cells: task.cells, isSolid: isSolid)
        let computation = try FlowSolverFactory.make(flowCase)
        var result = SampleResult(
            ending: .completed, steps: 0, time: 0, residual: nil, times: [], cells: task.cells, inputs: [],
            outputs: [], signedDistance: channels.signedDistance, mask: channels.resampler.mask)
        try withoutActuallyEscaping(onStep) { onStep in
            let watch = Watch { if $0.ending == nil { try onStep($0.step, $0.time) } }
            switch task.kind {
            case .steady(let options):
                let recorder = SampleRecorder(task, at: [], constants: constants, channels, flowCase.domain)
                let monitor = ResidualMonitor(flowCase, isSolid: isSolid)
                let steady = SteadyWatch(options, flowCase, monitor: monitor)
                let simulation = Simulation(
                    computation, until: SimulationLimits(flowCase), observers: [recorder, steady, watch])
                try keepSteady(simulation, recorder, steady, in: &result)
            case .rollout(let times):
                let limits = SimulationLimits(
                    end: times[times.count - 1], maximumSteps: flowCase.time.maximumSteps)
                let recorder = SampleRecorder(
                    task, at: times, constants: constants, channels, flowCase.domain)
                _ = try run(
                    Simulation(computation, until: limits, observers: [recorder, watch]), recorder,
                    in: &result)
                result.times = times
            }
        }
        return result
    }

    private static func keepSteady(
        _ simulation: Simulation, _ recorder: SampleRecorder, _ steady: SteadyWatch,
        in result: inout SampleResult
    ) throws {
        let isSteady = try run(simulation, recorder, in: &result)
        let mean = isSteady ? nil : steady.mean
        try recorder.keep(mean ?? recorder.state(of: simulation.computation))
        result.ending = isSteady ? .converged : mean == nil ? .ended : .averaged
        result.residual = steady.residual
        result.times = [result.time]
        result.outputs = recorder.outputs
    }

    /// Runs a simulation to its end and takes what was kept. Returns whether the flow became steady. Throws
    /// ``SampleProblem`` where the end was not reached.
    private static func run(
        _ simulation: Simulation, _ recorder: SampleRecorder, in result: inout SampleResult
    ) throws -> Bool {
        let ending = try simulation.run()
        (result.steps, result.time) = (simulation.computation.step, simulation.computation.time)
        (result.inputs, result.outputs) = (recorder.inputs, recorder.outputs)
        switch ending {
        case .reachedEnd: return false
        case .stopped(let request): return request == .steady
        case .failed(let failure): throw SampleProblem(failure.description, isDivergence: true)
        case .reachedStepLimit:
            throw SampleProblem(
                "time.maximum_steps = \(result.steps) came at time \(result.time), before time "
                    + "\(recorder.nextStop(after: result.time) ?? simulation.limits.end)")
        }
    }

    private static func check(_ task: SampleTask, against flowCase: FlowCase) throws {
        let cells = flowCase.domain.cells
        guard task.cells.count == cells.count, zip(task.cells, cells).allSatisfy({ $0 > 0 && $0 <= $1 })
        else {
            throw SampleProblem(
                "the output grid \(task.cells) does not fit the case's domain.cells \(cells): one number for each "
                    + "axis, from 1 to that of the case")
        }
        if case .rollout(let times) = task.kind {
            guard !times.isEmpty, times[0] >= 0, zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw SampleProblem("the times of a rollout have to ascend from 0 on; they are \(times)")
            }
        }
    }
}
