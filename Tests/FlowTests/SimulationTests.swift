import Flow
import Testing

@Suite("The time loop")
struct SimulationTests {
    /// The times of all states that observers are shown, and how it ended.
    private func times(
        _ computation: Clockwork, _ limits: SimulationLimits, _ observers: [any SimulationObserver] = []
    ) throws -> (times: [Double], ending: SimulationEnding) {
        var times: [Double] = []
        let watch = Watch { times.append($0.time) }
        let ending = try Simulation(computation, until: limits, observers: observers + [watch]).run()
        return (times, ending)
    }

    private func stops(_ times: [Double]) -> Stops { Stops { time in times.first { $0 > time } } }

    @Test("It stands at every time that somebody wants, and at no other but where a stable step ends")
    func stands() throws {
        let found = try times(
            Clockwork { _ in 0.25 }, SimulationLimits(end: 1),
            [stops([0.125, 0.5]), stops([0.5, 0.625, 9])])
        #expect(found.times == [0, 0.125, 0.375, 0.5, 0.625, 0.875, 1])
        guard case .reachedEnd = found.ending else { throw Unexpected() }
    }

    @Test("Rounding neither makes a step of its own nor visits a time twice", arguments: [0.1, 0.3, 0.7])
    func rounding(size: Double) throws {
        let clockwork = Clockwork { _ in size }
        let wanted = (1...10).map { Double($0) * size }
        let found = try times(clockwork, SimulationLimits(end: wanted[9]), [stops(wanted)])
        #expect(found.times.count == 11)
        #expect(clockwork.sizes.allSatisfy { abs($0 - size) < 1e-12 })
    }

    @Test("An end at once is told as the first and the last state; no step is done")
    func nothingToDo() throws {
        let clockwork = Clockwork { _ in 1 }
        var moments: [SimulationMoment] = []
        _ = try Simulation(
            clockwork, until: SimulationLimits(end: 0), observers: [Watch { moments.append($0) }]
        ).run()
        #expect(moments.count == 1 && moments[0].isFirst && moments[0].isLast)
        #expect(clockwork.sizes.isEmpty)
    }

    @Test("Among several wishes the most urgent one is granted, and everybody is shown the state first")
    func urgency() throws {
        let requests: [any SimulationObserver] = [
            StopWhen(.cancelled) { true }, StopWhen(.interrupted) { true }, StopWhen(.outOfBudget) { true },
        ]
        let found = try times(Clockwork { _ in 0.25 }, SimulationLimits(end: 1), requests)
        #expect(found.times == [0])
        guard case .stopped(.interrupted) = found.ending else { throw Unexpected() }
    }

    @Test("What is finished is not interrupted, and a flow that is steady at its end is steady")
    func finished() throws {
        let limits = SimulationLimits(end: 1)
        let interrupted = Clockwork { _ in 1 }
        let late = StopWhen(.interrupted) { interrupted.step == 1 }
        guard case .reachedEnd = try times(interrupted, limits, [late]).ending else { throw Unexpected() }
        let steady = Clockwork { _ in 1 }
        let settled = StopWhen(.steady) { steady.step == 1 }
        let ending = try times(steady, limits, [settled]).ending
        guard case .stopped(.steady) = ending else { throw Unexpected() }
        #expect(ending.isFinal)
    }

    @Test("The limit of steps counts those of before")
    func stepLimit() throws {
        let clockwork = Clockwork { _ in 0.125 }
        _ = clockwork.restore([], time: 0.5, step: 4)
        let found = try times(clockwork, SimulationLimits(end: 2, maximumSteps: 6))
        #expect(found.times == [0.5, 0.625, 0.75])
        guard case .reachedStepLimit = found.ending else { throw Unexpected() }
    }

    @Test(
        "A stable step that does not advance the time is a failure, not an endless loop",
        arguments: [0, 1e-30, -1, .nan, .infinity])
    func vanished(limit: Double) throws {
        let clockwork = Clockwork { $0 == 0 ? 0.5 : limit }
        let ending = try times(clockwork, SimulationLimits(end: 1)).ending
        guard case .failed(.vanishedTimeStep(_, step: 1, time: 0.5)) = ending else { throw Unexpected() }
        #expect(throws: SimulationFailure.self) { try ending.requireFinal() }
    }

    @Test("A budget that is spent before it begins is worth one step")
    func budget() throws {
        var now = 0.0
        let budget = WallBudget(seconds: 1) {
            now += 2
            return now
        }
        let found = try times(Clockwork { _ in 0.25 }, SimulationLimits(end: 1), [budget])
        #expect(found.times == [0, 0.25])
        #expect(throws: SimulationStopped.self) { try found.ending.requireFinal() }
    }

    @Test("A state that is lost is shown to nobody")
    func lost() throws {
        let flow = try Computation(Self.tube, "numerics.time_step=0.02")
        var isSound = true
        var row = [Double](repeating: 0, count: 4 * 64)
        let watch = Watch {
            $0.computation.conservedRow(0, into: &row)
            isSound = isSound && row[..<64].allSatisfy { $0 > 0 }
        }
        let ending = try Simulation(
            flow.solver, until: SimulationLimits(flow.flowCase), observers: [watch]
        ).run()
        guard case .failed(.diverged) = ending else { throw Unexpected() }
        #expect(isSound)
    }

    @Test("A state that is lost in a stage that writes over it is told with its cell")
    func lostCell() throws {
        let flow = try Computation(Self.tube, "numerics.time_step=0.016")
        let ending = try Simulation(flow.solver, until: SimulationLimits(flow.flowCase)).run()
        guard case .failed(.diverged(let failure)) = ending else { throw Unexpected() }
        #expect(failure.step > 0 && failure.cell.count == 1 && failure.state.count == 3)
        #expect(!(failure.state[0] > 0 && failure.state[2] > 0))
    }

    @Test("Who looks on gets the evidence that a check computes for itself, to the bit")
    func evidence() throws {
        let flowCase = try CaseReader.read(text: Self.tube).flowCase
        let verifier = CaseVerifier(flowCase, results: ["total.energy", "conservation.mass"])
        let recorder = verifier.recorder()
        let computation = try FlowSolverFactory.make(flowCase)
        _ = try Simulation(computation, until: SimulationLimits(flowCase), observers: [recorder]).run()
        let seen = try #require(recorder.evidence)
        #expect(
            verifier.values(try verifier.gather(described: seen)) == verifier.values(try verifier.gather()))
    }

    @Test(
        "Evidence needs the whole simulation: none where it was taken up in the middle, or is not at its end")
    func partialEvidence() throws {
        let flowCase = try CaseReader.read(text: Self.tube).flowCase
        let verifier = CaseVerifier(flowCase, results: ["total.energy"])
        let computation = try FlowSolverFactory.make(flowCase)
        // The first call ends in the middle, the second one begins there.
        for limit in [3, .max] {
            let recorder = verifier.recorder()
            let pause = StopWhen(.interrupted) { computation.step == limit }
            let simulation = Simulation(
                computation, until: SimulationLimits(flowCase), observers: [recorder, pause])
            _ = try simulation.run()
            #expect(recorder.evidence == nil)
        }
        #expect(computation.time >= flowCase.time.end * (1 - 1e-12))
    }

    private struct Unexpected: Error {}

    private static let tube = """
        [domain]
        cells = [64]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "outflow"
        [initial]
        density = "if(x < 0.5, 1, 0.125)"
        pressure = "if(x < 0.5, 1, 0.1)"
        [time]
        end = 0.1
        """
}
