import Flow
import Pipeline
import Testing

@Suite("Output schedule")
struct OutputScheduleTests {
    private func schedule(_ output: String, end: Double) throws -> OutputSchedule {
        let text = TinyCase.cube + "\n[output]\n" + output
        return OutputSchedule(try CaseReader.read(text: text, overrides: ["time.end=\(end)"]).flowCase)
    }

    /// The recorded times of a march with steps of at most `limit`.
    private func march(_ schedule: OutputSchedule, limit: Double) -> (times: [Double], steps: [Double]) {
        var (time, step, times, steps) = (0.0, 0, [Double](), [Double]())
        while true {
            if let due = schedule.snapshotTime(time, step: step) { times.append(due) }
            if schedule.isEnd(time) { return (times, steps) }
            steps.append(schedule.step(from: time, limit: limit))
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
        #expect(schedule.plannedSnapshots == march(schedule, limit: 0.02).times.count)
    }
}
