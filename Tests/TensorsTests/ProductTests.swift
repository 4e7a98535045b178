import Numerics
import Testing

@Suite("Matrix products") struct ProductTests {
    static func noise<Scalar: Real>(_ count: Int, seed: UInt64) -> [Scalar] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in Scalar(double: stream.normal()) }
    }

    /// A with `aRow` and `aColumn` steps, B and C with a gap after each row; the largest error, and whether the gaps of C
    /// are untouched.
    static func error<Scalar: Real>(
        _ rows: Int, _ columns: Int, _ depth: Int, transposed: Bool, accumulates: Bool, of type: Scalar.Type
    ) -> (largest: Double, gapsKept: Bool) {
        let (width, spare) = (columns + 3, 32)
        let a: [Scalar] = noise(rows * depth, seed: 1)
        let b: [Scalar] = noise(depth * width + spare, seed: 2)
        let before: [Scalar] = noise(rows * width + spare, seed: 3)
        var c = before
        let (row, column) = transposed ? (1, rows) : (depth, 1)
        Products.multiply(
            rows: rows, columns: columns, depth: depth, Products.Strided(a, row: row, column: column), b,
            bRow: width, &c, cRow: width, accumulates: accumulates)
        var largest = 0.0
        for i in 0..<rows {
            for j in 0..<columns {
                var sum = accumulates ? before[i * width + j].double : 0
                for k in 0..<depth { sum += a[i * row + k * column].double * b[k * width + j].double }
                largest = max(largest, abs(sum - c[i * width + j].double))
            }
        }
        let gaps = (0..<rows).flatMap { i in (columns..<width).map { i * width + $0 } }
        return (largest, gaps.allSatisfy { c[$0] == before[$0] })
    }

    @Test("every size of tile gives the product and writes nothing beside it", arguments: 1...19)
    func sizes(rows: Int) {
        for columns in [1, 7, 8, 15, 16, 17, 31, 32, 33, 50] {
            for (transposed, accumulates) in [(false, false), (true, true)] {
                let double = Self.error(
                    rows, columns, 9, transposed: transposed, accumulates: accumulates, of: Double.self)
                #expect(double.largest < 1e-13 && double.gapsKept, "\(columns) columns")
                let single = Self.error(
                    rows, columns, 9, transposed: transposed, accumulates: accumulates, of: Float.self)
                #expect(single.largest < 1e-5 && single.gapsKept, "\(columns) columns")
            }
        }
    }

    @Test("a product of depth 0 is 0") func empty() {
        #expect(Self.error(3, 5, 0, transposed: false, accumulates: false, of: Float.self).largest == 0)
    }

    @Test("the library's product agrees with ours", arguments: [false, true]) func library(transposesB: Bool)
    {
        let (rows, columns, depth) = (13, 21, 17)
        let a: [Double] = Self.noise(rows * depth, seed: 1)
        let b: [Double] = Self.noise(depth * columns, seed: 2)
        var c = [Double](repeating: 0, count: rows * columns)
        LargeProducts.multiply(
            rows: rows, columns: columns, depth: depth, a, aRow: depth, b,
            bRow: transposesB ? depth : columns,
            transposesB: transposesB, &c, cRow: columns, accumulates: false)
        for i in 0..<rows {
            for j in 0..<columns {
                let sum = (0..<depth).reduce(0.0) { total, k in
                    total + a[i * depth + k] * (transposesB ? b[j * depth + k] : b[k * columns + j])
                }
                #expect(abs(sum - c[i * columns + j]) < 1e-12)
            }
        }
    }
}
