import Numerics
import Testing

/// Factors of small whole numbers, whose products are exact in any order.
private struct Factors<Scalar: Real> {
    let rows, columns, depth: Int
    /// Values from one row of B, and of C, to the next.
    let width: Int

    init(_ rows: Int, _ columns: Int, _ depth: Int) {
        (self.rows, self.columns, self.depth) = (rows, columns, depth)
        width = columns + 2 * Scalar.Vector.count
    }

    func left(_ i: Int, _ k: Int) -> Double { Double((3 * i + 5 * k) % 7 - 3) }
    func right(_ k: Int, _ j: Int) -> Double { Double((2 * k + 3 * j) % 5 - 2) }

    /// C, which began as 7 everywhere, row by row.
    func computed(transposes: Bool, accumulates: Bool) -> [Scalar] {
        let a = (0..<rows * depth).map { index in
            transposes
                ? Scalar(double: left(index % rows, index / rows))
                : Scalar(double: left(index / depth, index % depth))
        }
        let b = (0..<depth * width).map { Scalar(double: right($0 / width, $0 % width)) }
        var c = [Scalar](repeating: 7, count: rows * width)
        a.withUnsafeBufferPointer { a in
            guard let base = a.baseAddress else { return }
            let factor =
                transposes
                ? Products.Strided(base, row: 1, column: rows) : Products.Strided(base, row: depth)
            Products.multiply(
                rows: rows, columns: columns, depth: depth, factor, b, bRow: width, &c, cRow: width,
                accumulates: accumulates)
        }
        return c
    }

    func expected(accumulates: Bool) -> [Scalar] {
        (0..<rows * width).map { index in
            let (i, j) = (index / width, index % width)
            guard j < columns else { return 7 }
            let sum = (0..<depth).reduce(0.0) { $0 + left(i, $1) * right($1, j) }
            return Scalar(double: accumulates ? 7 + sum : sum)
        }
    }
}

@Suite("Products of network size") struct ProductTests {
    private func check<Scalar: Real>(_: Scalar.Type, _ rows: Int, _ columns: Int, _ depth: Int) {
        let factors = Factors<Scalar>(rows, columns, depth)
        for accumulates in [false, true] {
            let expected = factors.expected(accumulates: accumulates)
            for transposes in [false, true] {
                let found = factors.computed(transposes: transposes, accumulates: accumulates)
                #expect(found == expected, "\(rows) × \(columns) × \(depth)")
            }
        }
    }

    @Test("every number of rows is right, and nothing beyond the columns is written", arguments: 1...17)
    func rows(count: Int) {
        for columns in [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 64, 70] {
            check(Float.self, count, columns, 5)
            check(Double.self, count, columns, 5)
        }
    }

    @Test("every depth is right", arguments: [0, 1, 2, 3, 4, 8, 9, 33]) func depth(count: Int) {
        check(Float.self, 9, 40, count)
        check(Double.self, 9, 40, count)
    }
}
