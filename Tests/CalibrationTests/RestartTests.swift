import Calibration
import Testing

@Suite struct RestartTests {
    @Test(
        "small populations of CMA-ES stay between the smallest and half of the large one",
        arguments: [1, 2, 12, 13, 64, 2000], [0, 0.3, 1])
    func smallPopulations(doublings: Int, draw: Double) {
        let found = CovarianceAdaptation.smallPopulation(8, doublings: doublings, draw: draw)
        #expect((8...max(8, 4 << min(doublings, 12))).contains(found))
        if draw == 1 { #expect(found == 4 << min(doublings, 12)) }
    }
}
