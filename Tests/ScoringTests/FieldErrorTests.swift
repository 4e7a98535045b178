import Foundation
import Scoring
import Testing

@Suite("Errors of fields") struct FieldErrorTests {
    private func sample(_ cells: [Int], truth: (Int) -> Float, error: (Int) -> Float) -> ScoredSample {
        let count = cells.reduce(1, *)
        return ScoredSample(
            channels: ["u"], cells: cells, spacing: cells.map { 1 / Double($0) },
            truth: (0..<count).map(truth),
            prediction: (0..<count).map { truth($0) + error($0) })
    }

    @Test("relative and normalised errors have their definitions")
    func definitions() {
        let errors = FieldErrors(sample([4], truth: { Float($0) }, error: { $0 == 2 ? 0.5 : 0 }), channel: 0)
        #expect(abs(errors.relativeL2 - 0.5 / 14.0.squareRoot()) < 1e-6)
        #expect(abs(errors.normalisedRMSE - 0.25 / 1.25.squareRoot()) < 1e-6)
        #expect(abs(errors.maximum - 0.5) < 1e-6 && abs(errors.conserved - 0.125) < 1e-6)
        #expect(errors.boundaryRMSE == 0)
    }

    @Test(
        "the squares of the bands add up to the mean squared error",
        arguments: [[24], [16, 20], [6, 8, 10]])
    func parseval(cells: [Int]) {
        let error = { (cell: Int) in Float(sin(Double(cell * cell))) }
        let field = sample(cells, truth: { _ in 0 }, error: error)
        let bands = SpectralErrors(field, channel: 0)
        let count = cells.reduce(1, *)
        let mean = (0..<count).reduce(0.0) { $0 + Double(error($1)) * Double(error($1)) } / Double(count)
        let sum = bands.low * bands.low + bands.middle * bands.middle + bands.high * bands.high
        #expect(abs(sum / mean - 1) < 1e-6)
    }

    @Test(
        "a wave lies in the band of its number, whichever way it runs", arguments: [(2, 0), (7, 1), (20, 2)])
    func bands(wave: Int, band: Int) {
        for axis in 0...1 {
            let field = sample([64, 64], truth: { _ in 0 }) { cell in
                let place = axis == 0 ? cell % 64 : cell / 64
                return Float(cos(2 * .pi * Double(wave * place) / 64))
            }
            let found = SpectralErrors(field, channel: 0)
            let all = [found.low, found.middle, found.high]
            for (index, value) in all.enumerated() {
                #expect(abs(value - (index == band ? 0.5.squareRoot() : 0)) < 1e-5)
            }
        }
    }
}
