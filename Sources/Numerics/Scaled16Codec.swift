// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Tile-scaled 16-bit integers: 2 bytes a value and 8 bytes a tile.
///
/// A row is cut into tiles of 64 cells. In each, value = offset + scale·n with n in 0…65535, so the rounding
/// error is at most the tile's range / 131 070, however small the range is against the value itself.
///
/// Rounding conserves: what a tile's cells lose in sum is handed back in whole quanta to a few of its cells,
/// and the rest (under half a quantum) is carried into the next tile of the row. What the last tile still
/// owes is kept with the row as its *debt* and paid when the row is next written, so that totals do not walk
/// away however many steps are taken; and an increment smaller than a quantum is not lost but shows up in
/// some cell of the tile.
///
/// A stored row is its debt (Float64), offset and scale (Float32) of each tile, and the words.
public enum Scaled16Codec<Scalar: Real>: StorageCodec {
    /// Cells that share one offset and one scale.
    @inlinable public static var tile: Int { 64 }

    @inlinable static func headerBytes(cells: Int) -> Int { 8 + (cells + tile - 1) / tile * 8 }

    @inlinable public static func rowBytes(cells: Int) -> Int {
        headerBytes(cells: cells) + (cells * 2 + 7) & ~7
    }

    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        let headers = (row + 8).assumingMemoryBound(to: Float.self)
        let words = (row + headerBytes(cells: cells)).assumingMemoryBound(to: UInt16.self)
        var start = 0
        while start < cells {
            let length = min(tile, cells - start)
            let offset = Scalar(single: headers[start / tile * 2])
            let scale = Scalar(single: headers[start / tile * 2 + 1])
            let source = words + start
            let target = values + start
            for i in 0..<length { target[i] = offset + scale * Scalar(word: source[i]) }
            start += length
        }
    }

    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, owed: Scalar,
        into row: UnsafeMutableRawPointer
    ) {
        let headers = (row + 8).assumingMemoryBound(to: Float.self)
        let words = (row + headerBytes(cells: cells)).assumingMemoryBound(to: UInt16.self)
        var carry = owed
        var start = 0
        while start < cells {
            let length = min(tile, cells - start)
            encodeTile(
                values + start, length: length, header: headers + start / tile * 2, words: words + start,
                carry: &carry)
            start += length
        }
        row.assumingMemoryBound(to: Double.self).pointee = carry.double
    }

    @inlinable @inline(__always) public static func debt(_ row: UnsafeRawPointer) -> Scalar {
        Scalar(double: row.assumingMemoryBound(to: Double.self).pointee)
    }

    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar
    ) -> Scalar {
        let header = (row + 8).assumingMemoryBound(to: Float.self) + cell / tile * 2
        let words = (row + headerBytes(cells: cells)).assumingMemoryBound(to: UInt16.self)
        return Scalar(single: header[0]) + Scalar(single: header[1]) * Scalar(word: words[cell])
    }

    /// Increments are smaller than a quantum as a rule: the row owes them.
    @inlinable @inline(__always) public static func add(
        _ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar
    ) { row.assumingMemoryBound(to: Double.self).pointee += increment.double }

    /// Encodes one tile; `carry` is what the row owes so far, in the values' own unit.
    @inlinable @inline(__always) static func encodeTile(
        _ values: UnsafePointer<Scalar>, length: Int, header: UnsafeMutablePointer<Float>,
        words: UnsafeMutablePointer<UInt16>, carry: inout Scalar
    ) {
        let (low, high) = range(values, length: length)
        // The header is single precision: round the offset down and the scale up so that the range is
        // covered.
        var offset = low.single
        if Scalar(single: offset) > low { offset = offset.nextDown }
        let base = Scalar(single: offset)
        var scale = ((high - base) / 65535).single
        if Scalar(single: scale) * 65535 < high - base { scale = scale.nextUp }
        header[0] = offset
        header[1] = scale
        guard scale > 0 else {
            for i in 0..<length { words[i] = 0 }
            return
        }
        let quantum = Scalar(single: scale)
        let lost = quantise(values, length: length, base: base, inverse: 1 / quantum, words: words)
        let owed = lost + carry / quantum
        let whole = owed.rounded(.toNearestOrEven)
        // A pathological tile (its range far under the carry) keeps its debt rather than being distorted.
        let quanta = max(-Scalar(length), min(Scalar(length), whole))
        carry = (owed - quanta) * quantum
        if quanta != 0 { handBack(Int(quanta.truncated), length: length, words: words) }
    }

    @inlinable @inline(__always) static func range(
        _ values: UnsafePointer<Scalar>, length: Int
    ) -> (Scalar, Scalar) {
        typealias V = Scalar.Vector
        var i = 0
        var low = values[0]
        var high = values[0]
        if length >= V.count {
            var lows = V(at: values)
            var highs = lows
            i = V.count
            while i + V.count <= length {
                let next = V(at: values + i)
                lows = V.smaller(lows, next)
                highs = V.larger(highs, next)
                i += V.count
            }
            low = lows.smallest
            high = highs.largest
        }
        while i < length {
            low = min(low, values[i])
            high = max(high, values[i])
            i += 1
        }
        return (low, high)
    }

    /// Rounds every value to its word and returns the sum of what was lost, in quanta.
    @inlinable @inline(__always) static func quantise(
        _ values: UnsafePointer<Scalar>, length: Int, base: Scalar, inverse: Scalar,
        words: UnsafeMutablePointer<UInt16>
    ) -> Scalar {
        typealias V = Scalar.Vector
        var losses = V(0)
        var i = 0
        while i + V.count <= length {
            let exact = (V(at: values + i) - V(base)) * V(inverse)
            let rounded = V.smaller(exact.nearest, V(65535))
            rounded.storeWords(at: words + i)
            losses = losses + (exact - rounded)
            i += V.count
        }
        var lost = losses.total
        while i < length {
            let exact = (values[i] - base) * inverse
            let rounded = min(exact.rounded(.toNearestOrEven), 65535)
            words[i] = UInt16(truncatingIfNeeded: rounded.truncated)
            lost += exact - rounded
            i += 1
        }
        return lost
    }

    /// Adds `quanta` (of either sign) to as many cells, spread over the tile from a place that the data
    /// choose.
    @inlinable static func handBack(_ quanta: Int, length: Int, words: UnsafeMutablePointer<UInt16>) {
        let sign = quanta < 0 ? -1 : 1
        let stride = max(1, length / abs(quanta))
        var cell = Int(words[0]) % length
        var left = abs(quanta)
        var visited = 0
        while left > 0, visited < 2 * length {
            let word = Int(words[cell]) + sign
            if word >= 0, word <= 65535 {
                words[cell] = UInt16(word)
                left -= 1
            }
            cell = (cell + stride + (visited % length == length - 1 ? 1 : 0)) % length
            visited += 1
        }
    }
}
