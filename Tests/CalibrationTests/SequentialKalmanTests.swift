import Calibration
import Numerics
import Testing

@Suite struct SequentialKalmanTests {
    /// A parameter that climbs from 0.3 to 0.7 is followed; one that stays is held ever more closely.
    @Test func driftingParametersAreFollowed() throws {
        let (blocks, perBlock) = (20, 10)
        var noise = RandomStream(seed: 8)
        let errors = (0..<2 * blocks * perBlock).map { _ in noise.normal() }
        var settings = SequentialKalman.Settings()
        settings.blocks = blocks
        settings.members = 200
        let method = SequentialKalman(settings, MethodContext(dimension: 2, seed: 2))
        var search = Search(method, budget: .max)
        search.run { proposal in
            let residuals = errors.indices.map { index in
                let time = Double(index) / Double(errors.count)
                let difference =
                    index % 2 == 0 ? proposal.point[0] - (0.3 + 0.4 * time) : proposal.point[1] - 0.5
                return difference / 0.05 + errors[index]
            }
            return .residuals(residuals)
        }
        let track = try #require(search.method.record.track).states
        #expect(track.count == blocks)
        for (number, state) in track.enumerated() where number > 2 {
            let truth = 0.3 + 0.4 * (Double(number) + 0.5) / Double(blocks)
            #expect(abs(state.mean[0] - truth) < 0.06)
            #expect(abs(state.mean[1] - 0.5) < 0.06)
        }
    }

    /// Observations of two outputs, one behind the other, are taken in by their times.
    @Test func blocksFollowTheTimesOfObservations() throws {
        var settings = SequentialKalman.Settings()
        (settings.blocks, settings.members) = (4, 50)
        var context = MethodContext(dimension: 1, seed: 3)
        context.times = [0, 1, 2, 3, 0, 1, 2, 3]
        var search = Search(SequentialKalman(settings, context), budget: .max)
        search.run { proposal in
            .residuals(context.times.map { (proposal.point[0] - 0.2 - 0.15 * $0) / 0.02 })
        }
        let track = try #require(search.method.record.track)
        #expect(track.times == [0, 1, 2, 3])
        #expect(track.states.count == 4)
        #expect(zip(track.states, track.states.dropFirst()).allSatisfy { $0.mean[0] < $1.mean[0] })
    }

    /// Whatever holds the method hands on what it found.
    @Test func aTrackIsSeenThroughACompositeOfStages() throws {
        var settings = SequentialKalman.Settings()
        (settings.blocks, settings.members) = (2, 10)
        let stage = Composite.Stage("sequential-kalman") { [settings] in SequentialKalman(settings, $0) }
        let method = try #require(Composite([stage], MethodContext(dimension: 1, seed: 3)))
        var search = Search(method, budget: .max)
        search.run { .residuals([$0.point[0] - 0.2, $0.point[0] - 0.4]) }
        #expect(search.method.record.track?.states.count == 2)
    }
}
