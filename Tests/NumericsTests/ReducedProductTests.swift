import Numerics
import Testing

@Suite("Products in bfloat16") struct ReducedProductTests {
    /// Whole numbers below 256 are exact in bfloat16, and so are these sums in single precision.
    static func whole(_ count: Int, seed: UInt64) -> [Float] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in Float(Int(stream.uniform() * 31) - 15) }
    }

    static let sizes = [(1, 1, 1), (7, 33, 5), (8, 32, 64), (19, 70, 31), (16, 96, 192)]

    @Test("products of exact numbers are exact, whatever is transposed", arguments: sizes)
    func exact(rows: Int, columns: Int, depth: Int) {
        let (a, b) = (Self.whole(rows * depth, seed: 1), Self.whole(depth * columns, seed: 2))
        var expected = [Float](repeating: 0, count: rows * columns)
        for i in 0..<rows {
            for j in 0..<columns {
                expected[i * columns + j] = (0..<depth).reduce(0) {
                    $0 + a[i * depth + $1] * b[$1 * columns + j]
                }
            }
        }
        let words = ReducedProducts.depth(depth)
        let panels = 0..<((columns + ReducedProducts.panel - 1) / ReducedProducts.panel)
        var left = [UInt32](repeating: 0, count: rows * words)
        var turnedLeft = left
        var right = [UInt32](repeating: 0, count: ReducedProducts.panelWords(depth: depth, columns: columns))
        var turnedRight = right
        ReducedProducts.packRows(a, rows: rows, columns: depth, into: &left)
        ReducedProducts.packPairs(
            Self.transpose(a, rows: rows, columns: depth), rows: depth, columns: rows, into: &turnedLeft)
        ReducedProducts.packPanels(panels, of: b, rows: depth, columns: columns, into: &right)
        ReducedProducts.packTransposed(
            panels, of: Self.transpose(b, rows: depth, columns: columns), rows: columns, columns: depth,
            into: &turnedRight)
        #expect(turnedRight == right)
        var c = [Float](repeating: 0, count: rows * columns)
        ReducedProducts.multiply(
            rows: rows, columns: columns, depth: words, left, aRow: words, right, &c, cRow: columns,
            accumulates: false)
        #expect(c == expected)
        ReducedProducts.multiply(
            rows: rows, columns: columns, depth: words, turnedLeft, aRow: 1, aColumn: rows, right, &c,
            cRow: columns, accumulates: true)
        #expect(c == expected.map { 2 * $0 })
    }

    static func transpose(_ x: [Float], rows: Int, columns: Int) -> [Float] {
        (0..<columns).flatMap { column in (0..<rows).map { x[$0 * columns + column] } }
    }

    @Test("numbers are rounded to nearest, ties to even, and infinities stay") func rounding() {
        let x: [Float] = [1 + 1 / 256, 1 + 3 / 256, 1 + 1 / 512, .infinity]
        var words: [UInt32] = [0, 0]
        ReducedProducts.packRows(x, rows: 1, columns: 4, into: &words)
        let halves = words.flatMap { [$0 << 16, $0 & 0xFFFF_0000] }.map(Float.init(bitPattern:))
        #expect(halves == [1, 1 + 4 / 256, 1, .infinity])
    }
}
