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
        return try withoutActuallyEscaping(onStep) { onStep in
            let march = TaskMarch(
                computation: computation, maximumSteps: flowCase.time.maximumSteps ?? .max, onStep: onStep)
            _ = try march.check()
            let inputs = try channels.inputs(task.inputs, constants: constants) {
                ConservedState(computation, flowCase.domain)
            }
            var result = try compute(task, flowCase, march, channels, isSolid)
            result.inputs = inputs
            return result
        }
    }

    private static func compute(
        _ task: SampleTask, _ flowCase: FlowCase, _ march: TaskMarch, _ channels: SampleChannels,
        _ isSolid: [Bool]
    ) throws -> SampleResult {
        var result = SampleResult(
            ending: .completed, steps: 0, time: 0, residual: nil, times: [], cells: task.cells, inputs: [],
            outputs: [], signedDistance: channels.signedDistance, mask: channels.resampler.mask)
        switch task.kind {
        case .steady(let options):
            var monitor = ResidualMonitor(flowCase, isSolid: isSolid)
            let outcome = try SteadyMarch(
                march: march, options: options, domain: flowCase.domain, end: flowCase.time.end
            ).run(&monitor)
            result.ending = outcome.ending
            result.residual = outcome.residual
            result.times = [march.computation.time]
            result.outputs = try channels.outputs(task.outputs, of: outcome.state)
        case .rollout(let times):
            result.times = times
            for time in times {
                try march.march(to: time)
                let state = ConservedState(march.computation, flowCase.domain)
                result.outputs += try channels.outputs(task.outputs, of: state)
            }
        }
        result.steps = march.computation.step
        result.time = march.computation.time
        return result
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
