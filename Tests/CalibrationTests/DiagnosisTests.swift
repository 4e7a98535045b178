import Calibration
import Numerics
import Testing

@Suite struct DiagnosisTests {
    /// Quantiles of χ² from any table.
    @Test(arguments: [
        (3.841, 1, 0.05), (18.307, 10, 0.05), (23.209, 10, 0.01), (2.558, 10, 0.99), (124.342, 100, 0.05),
    ])
    func tailsAreTheTabulatedOnes(value: Double, freedom: Int, probability: Double) {
        #expect(abs(chiSquareTail(value, freedom: freedom) - probability) < 1e-4)
    }

    private func errors(_ count: Int) -> [Double] {
        var random = RandomStream(seed: 4)
        return (0..<count).map { _ in random.normal() }
    }

    @Test func independentErrorsAreUnsuspicious() {
        #expect(ResidualDiagnosis(residuals: errors(200), parameters: 3).findings().isEmpty)
    }

    @Test func aTrendIsSeen() {
        let residuals = errors(200).enumerated().map { $1 + 0.03 * Double($0 - 100) }
        let diagnosis = ResidualDiagnosis(residuals: residuals, parameters: 3)
        #expect(diagnosis.tailProbability < 0.01 && diagnosis.neighbourCorrelation > 3)
    }

    /// A misfit is put down to the model only where the search can tell it from a local minimum.
    @Test func anIncompleteModelIsNamedOnlyWhereOtherMinimaAreUnlikely() throws {
        let diagnosis = ResidualDiagnosis(residuals: Array(repeating: 4, count: 20), parameters: 3)
        var tally = BasinTally()
        for number in 0..<3 { tally.add([0.3 * Double(number)], cost: 320) }
        for open in [nil, tally] {
            let sentence = try #require(diagnosis.findings(open).first)
            #expect(!sentence.contains("incomplete") && sentence.contains("local"), "\(sentence)")
        }
        #expect(diagnosis.findings(tally)[0].contains("3 descents from different starts found 3 minima"))
        var settled = BasinTally()
        for _ in 0..<20 { settled.add([0.5], cost: 320) }
        #expect(diagnosis.findings(settled)[0].contains("the model is incomplete"))
    }

    @Test func aFarPriorIsInConflict() {
        let prior = NormalPrior(mean: 0.2, deviation: 0.05)
        let conflict = PriorConflict(
            point: [0.6, 0.25, 0.5], priors: [prior, prior, nil], deviations: [0.01, 0.01, 0.1])
        #expect(conflict.conflicting == [0])
    }
}
