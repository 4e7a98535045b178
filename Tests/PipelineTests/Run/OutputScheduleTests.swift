import Flow
import Pipeline
import Testing

@Suite("Output schedule")
struct OutputScheduleTests {
    private func schedule(_ output: String, end: Double) throws -> (OutputSchedule, SimulationLimits) {
        let text = TinyCase.cube + "\n[output]\n" + output
        let flowCase = try CaseReader.read(text: text, overrides: ["time.end=\(end)"]).flowCase
        return (OutputSchedule(flowCase), SimulationLimits(flowCase))
    }

    /// The recorded times of a march with steps of at most `limit`.
    private func march(
        _ schedule: (OutputSchedule, SimulationLimits), limit: Double
    ) -> (times: [Double], steps: [Double]) {
        let (schedule, limits) = schedule
        var (time, step, times, steps) = (0.0, 0, [Double](), [Double]())
        while true {
            if let due = schedule.snapshotTime(time, step: step) { times.append(due) }
            if limits.hasReached(limits.end, at: time) { return (times, steps) }
            let stop = schedule.nextStop(after: time + limits.tolerance) ?? limits.end
            steps.append(limits.step(from: time, to: min(stop, limits.end), limit: limit))
            time += steps[step]
            step += 1
        }
    }

    @Test("Every time is met once and exactly, whatever the step", arguments: [0.0101, 0.033, 0.1, 1.0])
    func exact(limit: Double) throws {
        let result = march(
            try schedule("every = 0.1\ntimes = [0.05, 0.30000000000000004]", end: 0.73), limit: limit)
        let multiples = (1...7).map { Double($0) * 0.1 }
        #expect(result.times == [0, 0.05] + multiples + [0.73])
    }

    @Test("Rounding never makes a step of its own")
    func noTinySteps() throws {
        let result = march(try schedule("every = 0.1", end: 10), limit: 0.1)
        #expect(result.steps.count == 100)
        #expect(result.steps.allSatisfy { $0 > 0.0999 })
    }

    @Test("The plan counts what a march writes")
    func planned() throws {
        let schedule = try schedule("every = 0.1\ntimes = [0.05]", end: 0.73)
        #expect(schedule.0.plannedSnapshots == march(schedule, limit: 0.02).times.count)
    }
}
