import Foundation
import Numerics
import Testing

/// Tiles of positive values that differ by orders of magnitude.
@Suite("Tiles by octaves") struct OctavesTests {
    /// From 1 down to `least`, even in the logarithm, in no order.
    static func values<Scalar: Real>(least: Double, _: Scalar.Type) -> [Scalar] {
        (0..<64).map { cell in
            let place = Double(cell * 37 % 64) / 63
            return Scalar(double: pow(least, place))
        }
    }

    static func check<Scalar: Real>(least: Double, reference: Scalar, _: Scalar.Type) {
        typealias Codec = Scaled16Codec<Scalar>
        let full = values(least: least, Scalar.self)
        let deviations = full.map { $0 - reference }
        let row = AlignedMemory(bytes: Codec.rowBytes(cells: 64))
        Codec.encode(
            deviations, cells: 64, reference: reference, kind: .positive, debts: DebtSources(), into: row.base
        )
        var read = [Scalar](repeating: .nan, count: 64)
        Codec.decode(row.base, cells: 64, reference: reference, into: &read)
        for (cell, value) in read.enumerated() {
            let kept = (value + reference).double
            // A step of the pattern, and another that the sum was given back in.
            #expect(abs(kept - full[cell].double) < 2e-3 * full[cell].double)
            #expect(kept > 0)
            #expect(Codec.value(row.base, cells: 64, cell: cell, reference: reference) == value)
        }
        let sum = { (values: [Scalar]) in values.reduce(0) { $0 + $1.double } }
        #expect(abs(sum(deviations) - sum(read) - Codec.debt(row.base, tile: 0).double) < 1e-6)
    }

    @Test(
        "each value keeps its digits, the sum is kept, and nothing becomes negative",
        arguments: [1e-3, 1e-5, 1e-7, 1e-10])
    func octaves(least: Double) {
        Self.check(least: least, reference: 0, Double.self)
        Self.check(least: least, reference: 0, Float.self)
        Self.check(least: least, reference: least, Double.self)
        Self.check(least: least, reference: Float(least), Float.self)
    }

    @Test("signed values and mild ratios keep even steps") func even() {
        typealias Codec = Scaled16Codec<Double>
        let row = AlignedMemory(bytes: Codec.rowBytes(cells: 64))
        for (least, kind) in [(1e-5, StoredValues.signed), (0.1, .positive)] {
            let values = Self.values(least: least, Double.self)
            Codec.encode(values, cells: 64, reference: 0, kind: kind, debts: DebtSources(), into: row.base)
            var read = [Double](repeating: .nan, count: 64)
            Codec.decode(row.base, cells: 64, reference: 0, into: &read)
            for (value, kept) in zip(values, read) { #expect(abs(value - kept) < 2.0 / 65535) }
        }
    }
}
