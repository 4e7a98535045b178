import Numerics

/// Sobol's sequence with nested uniform scrambling.
///
/// Sobol 1967, doi:10.1016/0041-5553(67)90144-9; direction numbers of Joe & Kuo 2008, doi:10.1137/070709359;
/// scrambling: Owen 1995, doi:10.1007/978-1-4612-2552-2_19. Each block of 2ᵐ samples that starts at a multiple of
/// 2ᵐ has one sample in each of the 2ᵐ intervals of every coordinate; scrambling keeps this, and makes every
/// sample uniformly distributed.
public struct SobolDesign: SampleDesign {
    /// The most coordinates that there are direction numbers for.
    public static let mostDimensions = SobolDirections.rows.count + 1
    private let count: Int
    private let seed: UInt64?

    /// - Parameters:
    ///   - count: Number of samples, under 2³².
    ///   - seed: Selects the scrambling; nil: none.
    public init(count: Int, seed: UInt64?) {
        self.count = count
        self.seed = seed
    }

    /// The samples; there are at most ``mostDimensions`` coordinates.
    public func points(_ axes: [Int?]) -> [[Double]] {
        let columns = axes.indices.map(column)
        return (0..<count).map { sample in columns.map { $0[sample] } }
    }

    private func column(_ axis: Int) -> [Double] {
        let directions = SobolDirections.directions(axis)
        return (0..<UInt32(clamping: count)).map { index in
            var bits: UInt32 = 0
            for (digit, direction) in directions.enumerated() where index >> UInt32(digit) & 1 == 1 {
                bits ^= direction
            }
            return (Double(scrambled(bits, axis)) + 0.5) * 0x1p-32
        }
    }

    /// Each binary digit is flipped or not by a random bit that depends on all digits before it.
    private func scrambled(_ bits: UInt32, _ axis: Int) -> UInt32 {
        guard let seed else { return bits }
        let key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        let purpose = UInt32(RandomPurpose.scrambling.rawValue)
        var flips: UInt32 = 0
        for digit in 0..<32 {
            let prefix = digit == 0 ? 0 : bits >> UInt32(32 - digit)
            let counter = SIMD4(prefix, UInt32(digit), UInt32(axis), purpose)
            flips = flips << 1 | Philox4x32.block(counter: counter, key: key).x >> 31
        }
        return bits ^ flips
    }
}
