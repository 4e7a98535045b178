import Calibration
import Foundation
import Testing

/// Sensitivities of the function of Ishigami & Homma (1990, doi:10.1109/ISUMA.1990.151285), which are known.
@Suite struct SensitivityTests {
    private static let (a, b) = (7.0, 0.1)

    private static func ishigami(_ point: [Double]) -> Double {
        let x = point.map { .pi * (2 * $0 - 1) }
        return sin(x[0]) + a * pow(sin(x[1]), 2) + b * pow(x[2], 4) * sin(x[0])
    }

    @Test func indicesAreTheAnalyticOnes() throws {
        let (first, second) = (0.5 * pow(1 + Self.b * pow(.pi, 4) / 5, 2), Self.a * Self.a / 8)
        let joint = 8 * Self.b * Self.b * pow(Double.pi, 8) / 225
        let variance = first + second + joint
        var search = Search(SobolIndices(samples: 8192, MethodContext(dimension: 3)), budget: .max)
        search.run { .cost(Self.ishigami($0.point)) }
        let indices = try #require(search.method as? SobolIndices)
        let expected = [first / variance, second / variance, 0]
        let totals = [(first + joint) / variance, second / variance, joint / variance]
        for index in 0..<3 {
            #expect(abs(indices.first[index] - expected[index]) < 0.03)
            #expect(abs(indices.total[index] - totals[index]) < 0.03)
        }
    }

    @Test func screeningFindsWhatMatters() throws {
        let context = MethodContext(dimension: 4)
        var search = Search(MorrisScreening(walks: 20, context), budget: .max)
        search.run { proposal in
            let u = proposal.point
            return .cost(3 * u[0] + 5 * u[1] * u[2])
        }
        let effects = try #require(search.method as? MorrisScreening).effects
        #expect(abs(effects[0].mean - 3) < 1e-12 && effects[0].deviation < 1e-12)
        #expect(effects[1].deviation > 0.5 && effects[1].meanMagnitude > 1)
        #expect(effects[3].meanMagnitude == 0)
    }
}
