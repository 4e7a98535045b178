import Scoring
import Testing

@Suite("The unified score") struct UnifiedScoreTests {
    /// A field of one channel on a line of four cells, two of which are solid.
    private func line(error: Float) -> ScoredSample {
        ScoredSample(
            channels: ["density"], cells: [4], spacing: [0.1], truth: [1, 1, 1, 1],
            prediction: [1 + error, 1 + error, 9, 9], mask: [1, 1, 0, 0],
            signedDistance: [0.15, 0.05, -0.05, -0.15])
    }

    private func score(_ sample: ScoredSample, _ variant: UnifiedScore.Variant) -> Score? {
        var builder = ScoreBuilder(
            name: "n", split: "test", variant: variant, deviations: [2])
        builder.add([sample], number: 3)
        return builder.score(channels: sample.channels)
    }

    @Test(
        "an error of one deviation scores 0, one of a thousandth 100, in between it is logarithmic",
        arguments: [(1.0, 0.0), (1e-6, 100), (1e-3, 50), (10, 0), (0, 100), (.nan, 0)])
    func scale(error: Double, score: Double) { #expect(abs(UnifiedScore.score(error) - score) < 1e-9) }

    @Test("what is predicted inside of bodies does not count")
    func solid() throws {
        let exact = try #require(score(line(error: 0), .exact))
        #expect(exact.global == 100 && exact.boundary == 100 && exact.relativeL2 == 0)
    }

    @Test("the published variant divides by all points, the exact one by those that count")
    func variants() throws {
        // A mean squared error of 0.01 over the fluid is one of 0.005 over all four cells.
        let exact = try #require(score(line(error: 0.2), .exact))
        let published = try #require(score(line(error: 0.2), .published))
        #expect(abs(exact.global - UnifiedScore.score(0.01)) < 1e-5)
        #expect(abs(published.global - UnifiedScore.score(0.005)) < 1e-5)
        #expect(exact.boundary == exact.global)
    }

    @Test("the worst samples come first")
    func worst() throws {
        var builder = ScoreBuilder(name: "n", split: "test", variant: .exact, deviations: [1])
        for (number, error) in [(5, Float(0.1)), (2, 0.4), (9, 0.2)] {
            builder.add([line(error: error)], number: number)
        }
        #expect(try #require(builder.score(channels: ["density"])).worst == [2, 9, 5])
    }

    @Test("the error of a trajectory is told at each time")
    func growth() throws {
        var builder = ScoreBuilder(
            name: "n", split: "test", variant: .exact, deviations: [1], times: 3)
        builder.add([line(error: 0), line(error: 0.1), line(error: 0.2)], number: 0)
        let growth = try #require(builder.score(channels: ["density"])).growth
        #expect(growth.count == 3 && growth[0] == 0)
        #expect(abs(growth[2] / growth[1] - 2) < 1e-5)
    }
}
