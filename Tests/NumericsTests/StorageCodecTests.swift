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

    static func roundTrip<Codec: StorageCodec>(
        _ values: [Codec.Scalar], _: Codec.Type, owed: Codec.Scalar = 0
    ) -> (values: [Codec.Scalar], debt: Codec.Scalar) {
        let count = values.count
        let row = AlignedMemory(bytes: Codec.rowBytes(cells: count))
        var result = [Codec.Scalar](repeating: .nan, count: count)
        Codec.encode(values, cells: count, reference: 1, owed: owed, into: row.base)
        Codec.decode(row.base, cells: count, reference: 1, into: &result)
        return (result, Codec.debt(row.base))
    }

    @Test("full storage returns the very values", arguments: [1, 7, 64, 129]) func full(count: Int) {
        let singles = Self.values(count, Float.self)
        let doubles = Self.values(count, Double.self)
        #expect(Self.roundTrip(singles, FullCodec<Float>.self).values == singles)
        #expect(Self.roundTrip(doubles, FullCodec<Double>.self).values == doubles)
    }

    @Test("rounded storage stays within its precision", arguments: [1, 7, 64, 65, 200]) func rounded(
        count: Int
    ) {
        let singles = Self.values(count, Float.self)
        let doubles = Self.values(count, Double.self)
        let error = { (a: [Double], b: [Double]) -> Double in zip(a, b).map { abs($0 - $1) }.max() ?? 0 }
        #expect(error(doubles, Self.roundTrip(doubles, SingleCodec.self).values) < 1e-7)
        #expect(error(doubles, Self.roundTrip(doubles, HalfCodec<Double>.self).values) < 2e-3)
        // Rounding plus one quantum handed back.
        let limit = 1.5 * 1.8 / 65535
        #expect(error(doubles, Self.roundTrip(doubles, Scaled16Codec<Double>.self).values) < limit)
        let found = Self.roundTrip(singles, Scaled16Codec<Float>.self).values
        let (written, read) = (singles.map { Double($0) }, found.map { Double($0) })
        #expect(error(written, read) < limit)
    }

    @Test("a uniform row is exact in scaled16") func uniform() {
        let row = [Float](repeating: 0.1234567, count: 100)
        #expect(Self.roundTrip(row, Scaled16Codec<Float>.self).values == row)
    }

    @Test("what a scaled16 row lacks in sum is its debt", arguments: [16, 64, 100, 256]) func debt(count: Int)
    {
        let values = Self.values(count, Double.self)
        let (found, debt) = Self.roundTrip(values, Scaled16Codec<Double>.self, owed: 1e-5)
        let lacking = values.reduce(0, +) + 1e-5 - found.reduce(0, +)
        #expect(abs(lacking - debt) < 1e-12)
        #expect(abs(debt) < 1e-4)
    }

    @Test("increments far below a quantum add up over many writes") func smallIncrements() {
        var values = Self.values(64, Double.self)
        let start = values.reduce(0, +)
        var debt = 0.0
        for _ in 0..<1000 {
            (values, debt) = Self.roundTrip(values.map { $0 + 1e-7 }, Scaled16Codec<Double>.self, owed: debt)
        }
        let gained = values.reduce(0, +) + debt - start
        #expect(abs(gained - 1000 * 64 * 1e-7) < 1e-9)
    }

    @Test("twelve fields of scaled16 cost less than 26 bytes a cell") func bytes() {
        #expect(Double(12 * Scaled16Codec<Float>.rowBytes(cells: 512)) / 512 < 26)
    }
}
