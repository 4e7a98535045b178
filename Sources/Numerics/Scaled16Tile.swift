/// One tile on its way into the storage format `Scaled16Codec`: its words are written, the rest is here.
@usableFromInline struct Scaled16Tile<Scalar: Real> {
    @usableFromInline typealias Values = UnsafePointer<Scalar>
    @usableFromInline typealias Words = UnsafeMutablePointer<UInt16>

    @usableFromInline let offset: Float
    /// With 8 significant bits; 0 where all values are alike.
    @usableFromInline let scale: Float
    /// What the sum of the values and of what was owed before exceeds the sum that will be read by.
    @usableFromInline let debt: Scalar

    /// Encodes `length` values; `owed` is what their sum is to gain. `positiveOver`: the reference of values that are
    /// positive with it.
    @inlinable @inline(__always) init(
        _ values: Values, length: Int, owed: Scalar, positiveOver reference: Scalar?, into words: Words
    ) {
        let (low, high) = Self.range(values, length: length)
        if let reference, low + reference > 0, high - low > Self.contrast * (low + reference), high.isFinite {
            self.init(
                octaves: values, length: length, from: low, to: high, owed: owed, reference: reference,
                into: words)
            return
        }
        // The head is single precision: the offset is rounded down so that no value lies below it.
        var offset = low.single
        if Scalar(single: offset) > low { offset = offset.nextDown }
        let base = Scalar(single: offset)
        let scale = Self.scale(covering: high - base)
        guard scale > 0 else {
            let isUniform = Self.isUniform(values, length: length, base)
            self.init(uniform: isUniform ? base : .nan, length: length, owed: owed, into: words)
            return
        }
        let quantum = Scalar(single: scale)
        let lost = Self.quantise(values, length: length, base: base, quantum: quantum, words: words)
        guard scale.isFinite, lost.isFinite else {
            self.init(uniform: .nan, length: length, owed: owed, into: words)
            return
        }
        let due = lost + owed
        // What a tile cannot take (its range far under its debt) it goes on owing, rather than being distorted.
        let limit = Scalar(length)
        let whole = max(-limit, min(limit, (due / quantum).rounded(.toNearestOrEven)))
        let given =
            whole == 0
            ? 0
            : Self.handBack(Int(whole.truncated), length: length, base: base, quantum: quantum, words: words)
        self.init(offset: offset, scale: scale, debt: due - given)
    }

    /// From which ratio of the range to the smallest value on a tile counts in octaves.
    @inlinable static var contrast: Scalar { 64 }

    /// Encodes positive values that differ by orders of magnitude; see ``Octaves``.
    @inlinable @inline(never) init(
        octaves values: Values, length: Int, from low: Scalar, to high: Scalar, owed: Scalar,
        reference: Scalar,
        into words: Words
    ) {
        let octaves = Octaves(from: (low + reference).single, to: (high + reference).single)
        var left = owed
        for i in 0..<length {
            let full = (values[i] + reference).single
            words[i] = octaves.word(of: full)
            left += values[i] - (Scalar(single: octaves[words[i]]) - reference)
        }
        // What is owed goes to cells whose step is not more than that, spread over the tile.
        var cell = Int(words[0]) % length
        for _ in 0..<length where left != 0 {
            let word = Int(words[cell]) + (left > 0 ? 1 : -1)
            if word >= 0, word <= 65535 {
                let next = UInt16(truncatingIfNeeded: word)
                let gain = Scalar(single: octaves[next]) - Scalar(single: octaves[words[cell]])
                if (left - gain).magnitude < left.magnitude {
                    words[cell] = next
                    left -= gain
                }
            }
            cell = (cell + 1) % length
        }
        self.init(offset: Float(bitPattern: octaves.smallest), scale: octaves.step, debt: left)
    }

    @inlinable @inline(__always) init(offset: Float, scale: Float, debt: Scalar) {
        self.offset = offset
        self.scale = scale
        self.debt = debt
    }

    /// A tile of equal values has no quanta: as far as single precision can tell, all its cells are moved.
    /// One with a value that is no number is read as such throughout, so that whoever looks for it finds it.
    @inlinable @inline(__always) init(uniform base: Scalar, length: Int, owed: Scalar, into words: Words) {
        words.update(repeating: 0, count: length)
        // Most such tiles owe nothing, and a division takes as long as all the rest.
        guard owed != 0 else {
            self.init(offset: base.single, scale: 0, debt: 0)
            return
        }
        let moved = (base + owed / Scalar(length)).single
        self.init(
            offset: moved, scale: 0, debt: owed - Scalar(length) * (Scalar(single: moved) - base))
    }

    /// Whether values of no range are all `base`, none of them no number.
    @inlinable @inline(__always) static func isUniform(
        _ values: Values, length: Int, _ base: Scalar
    ) -> Bool {
        typealias V = Scalar.Vector
        var sum = V(0)
        var i = 0
        while i &+ V.count <= length {
            sum = sum + (V(at: values + i) - V(base))
            i &+= V.count
        }
        var total = sum.total
        while i < length {
            total += values[i] - base
            i &+= 1
        }
        return total == 0
    }

    /// The smallest scale of 8 significant bits with which 65535 quanta reach over a range, but a normal
    /// number, whose reciprocal is one too; 0 for no range.
    @inlinable @inline(__always) static func scale(covering range: Scalar) -> Float {
        guard range > 0 else { return 0 }
        let exact = max(.leastNormalMagnitude, (range / 65535).single)
        return Float(bitPattern: (exact.bitPattern &+ 0xFFFF) & 0xFFFF_0000)
    }

    @inlinable @inline(__always) static func range(_ values: Values, length: Int) -> (Scalar, Scalar) {
        typealias V = Scalar.Vector
        var i = 0
        var low = values[0]
        var high = values[0]
        if length >= V.count {
            var lows = V(at: values)
            var highs = lows
            i = V.count
            while i &+ V.count <= length {
                let next = V(at: values + i)
                lows = V.smaller(lows, next)
                highs = V.larger(highs, next)
                i &+= V.count
            }
            low = lows.smallest
            high = highs.largest
        }
        while i < length {
            low = min(low, values[i])
            high = max(high, values[i])
            i &+= 1
        }
        return (low, high)
    }

    /// Rounds every value to its word and returns by how much the values exceed in sum what will be read.
    @inlinable @inline(__always) static func quantise(
        _ values: Values, length: Int, base: Scalar, quantum: Scalar, words: Words
    ) -> Scalar {
        typealias V = Scalar.Vector
        let inverse = 1 / quantum
        var losses = V(0)
        var i = 0
        while i &+ V.count <= length {
            let value = V(at: values + i)
            let word = V.smaller(((value - V(base)) * V(inverse)).nearest, V(65535))
            word.storeWords(at: words + i)
            losses = losses + (value - (V(base) + V(quantum) * word))
            i &+= V.count
        }
        var lost = losses.total
        while i < length {
            // In this order the smaller of 65535 and of what is no number is 65535.
            let word = min(65535, ((values[i] - base) * inverse).rounded(.toNearestOrEven))
            words[i] = UInt16(truncatingIfNeeded: word.truncated)
            lost += values[i] - (base + quantum * word)
            i &+= 1
        }
        return lost
    }

    /// Adds `quanta` (of either sign) to as many cells, spread over the tile from a place that the data
    /// choose, and returns how much larger their sum will be read.
    @inlinable static func handBack(
        _ quanta: Int, length: Int, base: Scalar, quantum: Scalar, words: Words
    ) -> Scalar {
        let sign = quanta < 0 ? -1 : 1
        let stride = max(1, length / abs(quanta))
        var cell = Int(words[0]) % length
        var left = abs(quanta)
        var visited = 0
        var given: Scalar = 0
        while left > 0, visited < 2 * length {
            let word = Int(words[cell]) + sign
            if word >= 0, word <= 65535 {
                let before = base + quantum * Scalar(word: words[cell])
                words[cell] = UInt16(truncatingIfNeeded: word)
                given += base + quantum * Scalar(word: words[cell]) - before
                left -= 1
            }
            cell = (cell + stride + (visited % length == length - 1 ? 1 : 0)) % length
            visited += 1
        }
        return given
    }
}
