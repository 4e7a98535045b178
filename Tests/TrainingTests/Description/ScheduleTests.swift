import Schema
import Testing
import Training

@Suite("Schedules") struct ScheduleTests {
    private static func schedule(_ word: String, _ settings: String = "") throws -> any Schedule {
        let kind = try #require(ScheduleRegistry.kinds.first { $0.word == word })
        return kind.build(Section(try Document(text: settings, file: ""), scope: Scope()))
    }

    private static func factors(_ schedule: any Schedule, losses: [Double] = []) -> [Double] {
        (0..<100).map { step in
            schedule.factor(
                at: TrainingMoment(
                    step: step, stepsPerEpoch: 10, epochs: 10,
                    validationLosses: Array(losses.prefix(step / 10))))
        }
    }

    @Test("every factor lies between 0 and 1", arguments: ScheduleRegistry.kinds.map(\.word))
    func bounds(word: String) throws {
        let losses = [3, 2, 2, 2, 2, 2, 2, 2, 2, 2.0]
        for factor in Self.factors(try Self.schedule(word), losses: losses) {
            #expect(factor > 0 && factor <= 1)
        }
    }

    @Test("cosine falls from 1 to its floor, and is half way in the middle")
    func cosine() throws {
        let schedule = try Self.schedule("cosine", "floor = 0.2")
        let factors = Self.factors(schedule)
        #expect(factors[0] == 1)
        #expect(abs(factors[50] - 0.6) < 1e-12)
        let end = TrainingMoment(step: 100, stepsPerEpoch: 10, epochs: 10)
        #expect(abs(schedule.factor(at: end) - 0.2) < 1e-12)
    }

    @Test("a warm-up rises steadily and ends at the full rate")
    func warmUp() throws {
        let factors = Self.factors(try Self.schedule("cosine", "warm_up = 2"))
        #expect(zip(factors, factors.dropFirst()).prefix(20).allSatisfy { $0 < $1 })
        #expect(factors[20] == 1)
    }

    @Test("one cycle begins at 1/25, and is highest after its rise")
    func oneCycle() throws {
        let factors = Self.factors(try Self.schedule("one-cycle"))
        #expect(abs(factors[0] - 0.04) < 1e-12)
        #expect(factors[30] == 1 && factors.max() == 1)
        #expect(factors[99] < 0.001)
    }

    @Test("steps halve")
    func step() throws {
        let factors = Self.factors(try Self.schedule("step", "every = 3\nfactor = 0.5"))
        #expect(factors[29] == 1 && factors[30] == 0.5 && factors[60] == 0.25)
    }

    @Test("a plateau reduces after its patience, and again after as long")
    func plateau() throws {
        let schedule = try Self.schedule("reduce-on-plateau", "patience = 1\nfactor = 0.1")
        let factor = { (losses: [Double]) in
            schedule.factor(
                at: TrainingMoment(step: 0, stepsPerEpoch: 1, epochs: 9, validationLosses: losses))
        }
        #expect(factor([3, 2, 2]) == 1)
        #expect(factor([3, 2, 2, 2]) == 0.1)
        #expect(abs(factor([3, 2, 2, 2, 2, 2]) - 0.01) < 1e-15)
        #expect(factor([3, 2, 2, 1, 1]) == 1)
    }
}
