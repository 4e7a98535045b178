import Numerics
import Testing

/// Vector operations agree with scalar ones lane by lane, in both precisions.
@Suite("Lanes") struct LanesTests {
    @Test func singlePrecision() { check(SIMD16<Float>.self) }
    @Test func doublePrecision() { check(SIMD8<Double>.self) }

    private func check<V: Lanes>(_: V.Type) {
        let a = (0..<V.count).map { V.Element(double: 0.25 + Double($0) * 0.7) }
        let b = (0..<V.count).map { V.Element(double: 3 - Double($0) * 0.4) }
        let x = V(at: a)
        let y = V(at: b)
        compare(x.adding(x, times: y), zip(a, b).map { $0.addingProduct($0, $1) })
        compare(x.subtracting(x, times: y), zip(a, b).map { $0.addingProduct(-$0, $1) })
        compare(x.root, a.map { $0.squareRoot() })
        compare(y.magnitudes, b.map { abs($0) })
        compare(y.nearest, b.map { $0.rounded(.toNearestOrEven) })
        compare(V.smaller(x, y), zip(a, b).map { min($0, $1) })
        compare(V.larger(x, y), zip(a, b).map { max($0, $1) })
        compare(V.choose(V.less(x, y), x, y), zip(a, b).map { $0 < $1 ? $0 : $1 })
        #expect(x.largest == a.max())
        #expect(y.smallest == b.min())
        #expect(abs(x.total - a.reduce(0, +)) < 1e-4)
        #expect(V.count(V.less(x, y), first: 3) == (0..<3).filter { a[$0] < b[$0] }.count)
        #expect(V.all(V.less(V(-1), x)))
        #expect(!V.any(V.less(x, V(0))))
    }

    /// Products are fused on some processors only: equal to a rounding of the largest term.
    private func compare<V: Lanes>(_ found: V, _ expected: [V.Element]) {
        var lanes = [V.Element](repeating: 0, count: V.count)
        found.store(at: &lanes)
        let largest = expected.map { abs($0) }.max() ?? 0
        #expect(zip(lanes, expected).allSatisfy { abs($0 - $1) <= 16 * largest.ulp })
    }

    @Test("words hold every 16-bit value") func words() {
        let values = (0..<16).map { Float($0 * 4369) }
        var words = [UInt16](repeating: 0, count: 16)
        SIMD16<Float>(at: values).storeWords(at: &words)
        #expect(words == values.map { UInt16($0) })
    }
}

@Suite("Workers") struct WorkersTests {
    @Test("shares cover everything once", arguments: [1, 2, 3, 7], [0, 1, 5, 64]) func shares(
        count: Int, items: Int
    ) {
        let team = Workers(count: count)
        let covered = (0..<count).flatMap { Array(team.share(of: items, worker: $0)) }
        #expect(covered == Array(0..<items))
    }
}
