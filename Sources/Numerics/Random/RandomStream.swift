import Foundation

/// An endless sequence of random numbers that depends on its seed and its number alone. Streams of one seed are
/// independent of each other.
public struct RandomStream: Sendable {
    private let key: SIMD2<UInt32>
    private let stream: SIMD2<UInt32>
    private var index: UInt64 = 0

    /// A stream from its start.
    public init(seed: UInt64, stream: UInt64 = 0) {
        key = Self.halves(seed)
        self.stream = Self.halves(stream)
    }

    /// The next number, uniform on [0, 1) with 53 random bits.
    public mutating func uniform() -> Double { Double(bits().first >> 11) * 0x1p-53 }

    /// The next number of mean 0 and variance 1 from a normal distribution
    /// (Box & Muller 1958, doi:10.1214/aoms/1177706645).
    public mutating func normal() -> Double {
        let (first, second) = bits()
        let radius = (-2 * log((Double(first >> 11) + 0.5) * 0x1p-53)).squareRoot()
        return radius * cos(2 * .pi * Double(second >> 11) * 0x1p-53)
    }

    /// 128 bits; each number of the sequence uses one block.
    private mutating func bits() -> (first: UInt64, second: UInt64) {
        let low = Self.halves(index)
        let block = Philox4x32.block(counter: SIMD4(low.x, low.y, stream.x, stream.y), key: key)
        index &+= 1
        return (UInt64(block.y) << 32 | UInt64(block.x), UInt64(block.w) << 32 | UInt64(block.z))
    }

    private static func halves(_ value: UInt64) -> SIMD2<UInt32> {
        SIMD2(UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
    }
}
