/// A scale of positive numbers with steps that are a share of each: 2^shift of the Float32 patterns from the smallest on.
///
/// Between powers of two the steps are even, from one to the next they double: nearly a logarithm, at the price of an addition.
@usableFromInline struct Octaves {
    @usableFromInline let smallest: UInt32
    @usableFromInline let shift: UInt32

    /// - Parameter step: −2^shift, as tiles keep it.
    @inlinable @inline(__always) init(smallest: Float, step: Float) {
        self.smallest = smallest.bitPattern
        shift = UInt32(truncatingIfNeeded: Int(step.exponent))
    }

    /// The scale with which 65535 steps reach from the smallest to the largest.
    @inlinable init(from smallest: Float, to largest: Float) {
        self.smallest = smallest.bitPattern
        let span = largest.bitPattern - smallest.bitPattern
        let bits = UInt32(32 - (span / 65536).leadingZeroBitCount)
        // Rounding to the nearest step must not pass the last one.
        shift = (span >> bits) + 1 > 65535 ? bits + 1 : bits
    }

    /// As tiles keep it.
    @inlinable var step: Float { -Float(sign: .plus, exponent: Int(shift), significand: 1) }

    /// The number of a word.
    @inlinable @inline(__always) subscript(word: UInt16) -> Float {
        Float(bitPattern: smallest &+ UInt32(word) &<< shift)
    }

    /// The word whose number is nearest, as patterns go; of one under the smallest 0.
    @inlinable @inline(__always) func word(of value: Float) -> UInt16 {
        let half: UInt32 = shift == 0 ? 0 : 1 &<< (shift &- 1)
        let distance = value.bitPattern &- smallest
        return value.bitPattern < smallest
            ? 0 : UInt16(truncatingIfNeeded: min(65535, (distance &+ half) &>> shift))
    }
}
