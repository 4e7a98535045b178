import Numerics
import Testing

@Suite("Exact sums") struct ExactSumTests {
    @Test("the order of the terms does not matter, however much they cancel") func order() {
        let terms = [1e300, 1.0, -1e300, 3e-300, 1e16, 0.1, -1e16, .leastNonzeroMagnitude, -0.1]
        var forward = ExactSum()
        var backward = ExactSum()
        for term in terms { forward.add(term) }
        for term in terms.reversed() { backward.add(term) }
        #expect(forward.value == 1)
        #expect(backward.value == forward.value)
    }

    @Test("parts that are merged give the sum of all") func parts() {
        var stream = RandomStream(seed: 3, stream: 1)
        let terms = (0..<1000).map { _ in (stream.uniform() - 0.5) * 1e10 }
        var whole = ExactSum()
        for term in terms { whole.add(term) }
        for pieces in [2, 3, 7] {
            var merged = ExactSum()
            for piece in 0..<pieces {
                var part = ExactSum()
                for term in terms[terms.count * piece / pieces..<terms.count * (piece + 1) / pieces] {
                    part.add(term)
                }
                merged.add(part)
            }
            #expect(merged.value == whole.value)
        }
        #expect(abs(whole.value - terms.reduce(0, +)) < 1e-3)
    }

    @Test(
        "single terms come out as they went in",
        arguments: [0.1, -2.5e-305, 1.7e308, -.leastNonzeroMagnitude, 3.0])
    func single(_ term: Double) {
        var sum = ExactSum()
        sum.add(term)
        #expect(sum.value == term)
    }

    @Test("what is no number is not hidden") func notFinite() {
        var sum = ExactSum()
        sum.add(1)
        sum.add(.infinity)
        #expect(sum.value.isNaN)
    }
}
