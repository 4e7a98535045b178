import Figures
import Testing

@Suite struct TicksTests {
    @Test func linearTicksAreRoundNumbersInsideTheRange() {
        let ticks = Ticks.linear(in: 0...1, target: 5)
        #expect(ticks.major == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(ticks.labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(ticks.exponent == 0 && ticks.offset == 0)
    }

    @Test func negativeNumbersHaveATrueMinusSignAndZeroHasNone() {
        #expect(Ticks.linear(in: -1...1, target: 4).labels == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    }

    @Test func largeAndSmallNumbersShareAPowerOfTen() {
        let pressure = Ticks.linear(in: 0...500_000, target: 5)
        #expect(pressure.labels == ["0", "1", "2", "3", "4", "5"])
        #expect(pressure.exponent == 5)
        let small = Ticks.linear(in: 0...4e-7, target: 4)
        #expect(small.labels == ["0", "1", "2", "3", "4"])
        #expect(small.exponent == -7)
    }

    @Test func aSmallChangeOfALargeNumberIsShownAsADifference() {
        let ticks = Ticks.linear(in: (1 - 2e-9)...(1 + 2e-9), target: 4)
        #expect(ticks.offset == 1)
        #expect(ticks.exponent == -9)
        #expect(ticks.labels == ["−2", "−1", "0", "1", "2"])
        #expect(ticks.axisLabel("mass", unit: "kg") == "mass − 1 (10⁻⁹ kg)")
    }

    @Test func axisLabelsCarryUnitAndPower() {
        #expect(Ticks.linear(in: 0...1, target: 5).axisLabel("density", unit: nil) == "density")
        #expect(Ticks.linear(in: 0...1, target: 5).axisLabel("density", unit: "kg/m³") == "density (kg/m³)")
        #expect(Ticks.linear(in: 0...9e6, target: 5).axisLabel("pressure", unit: nil) == "pressure (×10⁶)")
    }

    @Test func logarithmicTicksAreDecades() {
        let ticks = Ticks.logarithmic(in: 1e-6...1e-2, target: 6)
        #expect(ticks.labels == ["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²"])
        #expect(ticks.minor.count == 4 * 8)
    }

    @Test func manyDecadesAreThinned() {
        let ticks = Ticks.logarithmic(in: 1e-30...1, target: 6)
        #expect((3...7).contains(ticks.major.count))
    }

    @Test func lessThanADecadeGetsOneTwoFive() {
        #expect(Ticks.logarithmic(in: 15...90, target: 6).labels == ["20", "50"])
        #expect(Ticks.logarithmic(in: 31...39, target: 4).labels.count >= 2)
    }

    @Test(
        arguments: [
            -1e307...1e307, 1e-300...2e-300, -1e-12...3e5, 1e15...(1e15 + 8), 0.99999...1.00001,
            -273.15 ... -273.1, 0...Double.leastNormalMagnitude,
        ])
    func everyRangeHasTicksWithDistinctLabels(range: ClosedRange<Double>) {
        for target in 2...9 {
            let ticks = Ticks.linear(in: range, target: target)
            #expect(ticks.major.count <= 2 * target + 2)
            #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
            #expect(ticks.labels.allSatisfy { $0.count <= 9 }, "\(ticks.labels)")
            #expect(ticks.major.allSatisfy { $0.isFinite })
            if range.upperBound > 1e-290 { #expect(ticks.major.count >= 2) }
        }
    }

    @Test func aRangeWithoutWidthIsWidened() {
        #expect(Axis.padded(3...3, margin: 0) == 2.85...3.15)
        #expect(Axis.padded(0...0, margin: 0) == -1...1)
        let huge = Axis.padded(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, margin: 0.1)
        #expect((huge.upperBound - huge.lowerBound).isFinite)
    }
}
