/// The counter-based generator Philox 4×32 with ten rounds: a keyed bijection of 128-bit counters whose outputs
/// pass the known tests of randomness, so that any number of a stream is found without those before it
/// (Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405).
public enum Philox4x32 {
    /// Four random words for a counter under a key.
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var (counter, key) = (counter, key)
        for _ in 0..<10 {
            let first = counter.x.multipliedFullWidth(by: 0xD251_1F53)
            let second = counter.z.multipliedFullWidth(by: 0xCD9E_8D57)
            counter = SIMD4(
                second.high ^ counter.y ^ key.x, second.low, first.high ^ counter.w ^ key.y, first.low)
            // The key moves by the golden ratio and by √3 − 1.
            key = SIMD2(key.x &+ 0x9E37_79B9, key.y &+ 0xBB67_AE85)
        }
        return counter
    }
}
