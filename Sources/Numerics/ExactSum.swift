/// A sum of doubles without any rounding: its value does not depend on the order of what is added, nor on how the terms
/// are shared among parts that are merged later.
///
/// A fixed-point number over the whole range of doubles in digits of 32 bits, each held in 64 so that carries may wait
/// (Kulisch 2013, Computer Arithmetic and Validity, chapter 8).
public struct ExactSum: Sendable {
    /// Digit d weighs 2^(32 d − 1088): room for the smallest subnormal number and for 2⁶⁴ times the largest number.
    private var digits = [Int64](repeating: 0, count: 70)
    /// Terms added since carries were last passed on.
    private var pending = 0
    /// Whether a term was infinite or not a number.
    private var isLost = false
    private static let lowestExponent = -1088

    /// Zero.
    public init() {}

    /// Adds a number, exactly.
    public mutating func add(_ value: Double) {
        guard value != 0 else { return }
        guard value.isFinite else {
            isLost = true
            return
        }
        // value = ±mantissa · 2^exponent with a whole mantissa of 53 bits.
        let mantissa = value.isNormal ? value.significandBitPattern | 1 << 52 : value.significandBitPattern
        let exponent = Int(max(value.exponentBitPattern, 1)) - 1075
        let place = exponent - Self.lowestExponent
        let (digit, shift) = (place / 32, UInt64(place % 32))
        let sign: Int64 = value < 0 ? -1 : 1
        let low = (mantissa << shift) & 0xFFFF_FFFF
        let rest = mantissa >> (32 - shift)
        digits[digit] += sign * Int64(low)
        digits[digit + 1] += sign * Int64(rest & 0xFFFF_FFFF)
        digits[digit + 2] += sign * Int64(rest >> 32)
        pending += 1
        if pending == 1 << 30 { carry() }
    }

    /// Adds another sum, exactly.
    public mutating func add(_ other: ExactSum) {
        carry()
        var addend = other
        addend.carry()
        for digit in digits.indices { digits[digit] += addend.digits[digit] }
        isLost = isLost || other.isLost
        pending = 1
    }

    /// The sum, within a unit in the last place; the same for equal sums.
    public var value: Double {
        guard !isLost else { return .nan }
        var normal = self
        normal.carry()
        // Of a negative number the digits of its opposite are read: else the highest would have to cancel the others.
        let isNegative = normal.digits.last { $0 != 0 }.map { $0 < 0 } ?? false
        if isNegative {
            for digit in normal.digits.indices { normal.digits[digit].negate() }
            normal.carry()
        }
        var result = 0.0
        for digit in normal.digits.indices.reversed() where normal.digits[digit] != 0 {
            result += Double(
                sign: .plus, exponent: 32 * digit + Self.lowestExponent,
                significand: Double(normal.digits[digit]))
        }
        return isNegative ? -result : result
    }

    /// Passes carries on: every digit but the last ends in 0 ..< 2³².
    private mutating func carry() {
        for digit in 0..<digits.count - 1 {
            let over = digits[digit] >> 32
            digits[digit] -= over << 32
            digits[digit + 1] += over
        }
        pending = 0
    }
}
