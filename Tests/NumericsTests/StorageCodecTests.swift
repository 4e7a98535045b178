import Numerics
import Testing

/// Every storage format passes the same tests; one row a format.
@Suite("Storage formats") struct StorageCodecTests {
    /// A smooth row with a jump.
    static func values<Scalar: Real>(_ count: Int, _: Scalar.Type) -> [Scalar] {
        (0..<count).map { cell in
            let x = Double(cell) / Double(count)
            return Scalar(double: x * x - 0.3 * x + (cell > count / 2 ? 1 : 0))
        }
    }

    static func roundTrip<Codec: StorageCodec>(_ values: [Codec.Scalar], _: Codec.Type) -> [Codec.Scalar] {
        let count = values.count
        let row = AlignedMemory(bytes: Codec.rowBytes(cells: count))
        var result = [Codec.Scalar](repeating: .nan, count: count)
        Codec.encode(values, cells: count, reference: 1, kind: .signed, debts: DebtSources(), into: row.base)
        Codec.decode(row.base, cells: count, reference: 1, into: &result)
        return result
    }

    @Test("full storage returns the very values", arguments: [1, 7, 64, 129]) func full(count: Int) {
        let singles = Self.values(count, Float.self)
        let doubles = Self.values(count, Double.self)
        #expect(Self.roundTrip(singles, FullCodec<Float>.self) == singles)
        #expect(Self.roundTrip(doubles, FullCodec<Double>.self) == doubles)
    }

    @Test("rounded storage stays within its precision", arguments: [1, 7, 64, 65, 200]) func rounded(
        count: Int
    ) {
        let singles = Self.values(count, Float.self)
        let doubles = Self.values(count, Double.self)
        let error = { (a: [Double], b: [Double]) -> Double in zip(a, b).map { abs($0 - $1) }.max() ?? 0 }
        #expect(error(doubles, Self.roundTrip(doubles, SingleCodec.self)) < 1e-7)
        #expect(error(doubles, Self.roundTrip(doubles, HalfCodec<Double>.self)) < 2e-3)
        // Rounding plus one quantum handed back.
        let limit = 1.5 * 1.8 / 65535
        #expect(error(doubles, Self.roundTrip(doubles, Scaled16Codec<Double>.self)) < limit)
        let found = Self.roundTrip(singles, Scaled16Codec<Float>.self)
        let (written, read) = (singles.map { Double($0) }, found.map { Double($0) })
        #expect(error(written, read) < limit)
    }

    @Test("a uniform row is exact in scaled16") func uniform() {
        let row = [Float](repeating: 0.1234567, count: 100)
        #expect(Self.roundTrip(row, Scaled16Codec<Float>.self) == row)
    }
}
