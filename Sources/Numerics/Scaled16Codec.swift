// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Tile-scaled 16-bit integers: 2 bytes a value and 10 bytes a tile.
///
/// A row is cut into tiles of 64 cells. In each, value = offset + scale·n with n in 0…65535, so the rounding
/// error is at most half of scale, however small the range is against the value itself.
///
/// Where positive values (densities, energies) of a tile differ by more than a factor of `contrast`, such steps would swallow the
/// small ones. Such a tile counts in steps of the Float32 pattern of the full value, which is nearly a logarithm:
/// value = F(bits + 2^shift·n) − reference with the bits of the smallest. Its rounding error is a share of each value, 2⁻¹² to 2⁻¹¹
/// where they span 24 octaves. In the place of the scale it has −2^shift.
///
/// Rounding conserves: what a tile's cells lose in sum is handed back in whole quanta to a few of its cells,
/// and the rest (under half a quantum) is kept with the tile as its *debt* and paid when the tile is next
/// written, so that totals do not walk away however many steps are taken; and an increment smaller than a
/// quantum is not lost but shows up in some cell of the tile. No tile needs another: they can be written in
/// any order, and a row may be cut between any two.
///
/// A stored row is offset and debt (Float32) of each tile, their scales and the words. Scales are the upper
/// half of a Float32: with their 8 significant bits scale·n is exact in single precision, so that a value is
/// rounded once when it is read, alike on every processor, and a tile knows to the last bit what will be read.
public enum Scaled16Codec<Scalar: Real>: StorageCodec {
    @inlinable public static var isCoarse: Bool { true }

    /// Cells that share one offset, one scale and one debt.
    @inlinable public static var tile: Int { 64 }

    @inlinable @inline(__always) static func tiles(_ cells: Int) -> Int { (cells + tile - 1) / tile }

    @inlinable public static func rowBytes(cells: Int) -> Int { (tiles(cells) * 10 + cells * 2 + 3) & ~3 }

    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        let row = Scaled16Row(UnsafeMutableRawPointer(mutating: row), tiles: tiles(cells))
        var start = 0
        var tile = 0
        while start < cells {
            let length = min(self.tile, cells - start)
            let (head, step) = (row.heads[2 * tile], row.scale(tile))
            let source = row.words + start
            let target = values + start
            if step >= 0 {
                let (offset, scale) = (Scalar(single: head), Scalar(single: step))
                for i in 0..<length { target[i] = offset + scale * Scalar(word: source[i]) }
            } else {
                let octaves = Octaves(smallest: head, step: step)
                for i in 0..<length { target[i] = Scalar(single: octaves[source[i]]) - reference }
            }
            start &+= length
            tile &+= 1
        }
    }

    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, kind: StoredValues,
        debts: DebtSources<Scalar>, into row: UnsafeMutableRawPointer
    ) {
        let row = Scaled16Row(row, tiles: tiles(cells))
        var start = 0
        var tile = 0
        while start < cells {
            let length = min(self.tile, cells - start)
            // Read before the tile is written: the row may be one of those that it takes over.
            let owed = debts.sum { debt($0, tile: tile) }
            let stored = Scaled16Tile(
                values + start, length: length, owed: owed, positiveOver: kind == .positive ? reference : nil,
                into: row.words + start)
            row.heads[2 * tile] = stored.offset
            row.heads[2 * tile + 1] = stored.debt.single
            row.scales[tile] = Scaled16Row.upperHalf(stored.scale)
            start &+= length
            tile &+= 1
        }
    }

    /// What the sum of a stored tile lacks of the sum of the values that were written.
    @inlinable @inline(__always) public static func debt(_ row: UnsafeRawPointer, tile: Int) -> Scalar {
        Scalar(single: row.assumingMemoryBound(to: Float.self)[2 * tile + 1])
    }

    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar
    ) -> Scalar {
        let row = Scaled16Row(UnsafeMutableRawPointer(mutating: row), tiles: tiles(cells))
        let tile = cell / self.tile
        let (head, step, word) = (row.heads[2 * tile], row.scale(tile), row.words[cell])
        return step >= 0
            ? Scalar(single: head) + Scalar(single: step) * Scalar(word: word)
            : Scalar(single: Octaves(smallest: head, step: step)[word]) - reference
    }

    /// Increments are smaller than a quantum as a rule: the cell's tile owes them.
    @inlinable @inline(__always) public static func add(
        _ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar
    ) {
        let debt = row.assumingMemoryBound(to: Float.self) + (2 * (cell / tile) + 1)
        debt.pointee = (Scalar(single: debt.pointee) + increment).single
    }
}

/// Where the parts of a stored row lie.
@usableFromInline struct Scaled16Row {
    /// Offset and debt of each tile.
    @usableFromInline let heads: UnsafeMutablePointer<Float>
    /// The upper half of each tile's scale.
    @usableFromInline let scales: UnsafeMutablePointer<UInt16>
    @usableFromInline let words: UnsafeMutablePointer<UInt16>

    @inlinable @inline(__always) init(_ row: UnsafeMutableRawPointer, tiles: Int) {
        heads = row.assumingMemoryBound(to: Float.self)
        scales = (row + 8 * tiles).assumingMemoryBound(to: UInt16.self)
        words = (row + 10 * tiles).assumingMemoryBound(to: UInt16.self)
    }

    @inlinable @inline(__always) func scale(_ tile: Int) -> Float {
        Float(bitPattern: UInt32(scales[tile]) << 16)
    }

    /// Of a number whose lower half is zero.
    @inlinable @inline(__always) static func upperHalf(_ scale: Float) -> UInt16 {
        UInt16(truncatingIfNeeded: scale.bitPattern >> 16)
    }
}
