import Numerics
import Testing

@Suite struct RandomStreamTests {
    /// The known-answer vectors that are published with the generator, for ten rounds.
    @Test(arguments: [
        (
            SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
            SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
        ),
        (
            SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
            SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
        ),
        (
            SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
            SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
            SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
        ),
    ])
    func blocksAreThePublishedOnes(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
        #expect(Philox4x32.block(counter: counter, key: key) == expected)
    }

    private func uniforms(_ seed: UInt64, _ stream: UInt64) -> [Double] {
        var random = RandomStream(seed: seed, stream: stream)
        return (0..<10_000).map { _ in random.uniform() }
    }

    @Test func seedAndStreamDecideEveryNumber() {
        #expect(uniforms(1, 2) == uniforms(1, 2))
        #expect(Set(uniforms(1, 2)).isDisjoint(with: uniforms(2, 1)))
        #expect(Set(uniforms(1, 2)).isDisjoint(with: uniforms(1, 3)))
    }

    @Test func uniformNumbersFillTheInterval() {
        let values = uniforms(7, 0)
        #expect(values.allSatisfy { (0..<1).contains($0) })
        #expect(abs(values.reduce(0, +) / 10_000 - 0.5) < 0.01)
    }

    @Test func normalNumbersHaveMeanZeroAndVarianceOne() {
        var random = RandomStream(seed: 3)
        let values = (0..<10_000).map { _ in random.normal() }
        #expect(abs(values.reduce(0, +) / 10_000) < 0.03)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 10_000 - 1) < 0.05)
    }
}
