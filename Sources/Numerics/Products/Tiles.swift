import CVector

/// So many rows of C by so many vectors, which stay in registers while the depth runs.
///
/// The loops over rows and vectors unroll, because their lengths are part of the type. The sums must then be reached
/// by nothing but indices that the unrolled code knows: a loop that stays one, or a call, puts them on the stack, at
/// 12 % of a product of depth 32. (Arguments in one structure, instead of one by one, cost up to half of a product
/// of few rows.)
@usableFromInline struct Tile<V: Lanes, let rows: Int, let vectors: Int> {
    @usableFromInline typealias Scalar = V.Element
    @usableFromInline typealias Target = UnsafeMutablePointer<Scalar>
    @usableFromInline var sums: InlineArray<rows, InlineArray<vectors, V>>

    /// C = A·B or C += A·B in this tile, of whose columns so many are written.
    @inlinable @inline(__always) static func multiply(
        _ a: Products.Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: Target, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        var tile = Self()
        tile.add(a, b, bRow, depth)
        if columns < vectors &* V.count {
            tile.storePart(c, cRow, columns, accumulates)
        } else if accumulates {
            tile.addTo(c, cRow)
        } else {
            tile.store(c, cRow)
        }
    }

    @inlinable @inline(__always) init() { sums = .init(repeating: .init(repeating: V(0))) }

    @inlinable @inline(__always) mutating func add(
        _ a: Products.Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int
    ) {
        var (left, right) = (a.base, b)
        for _ in 0..<depth {
            let factors = InlineArray<vectors, V> { V(at: right + $0 &* V.count) }
            for row in 0..<rows {
                let value = V(left[row &* a.row])
                for v in 0..<vectors { sums[row][v] = sums[row][v].adding(value, times: factors[v]) }
            }
            left += a.column
            right += bRow
        }
    }

    @inlinable @inline(__always) func store(_ c: Target, _ cRow: Int) {
        for row in 0..<rows {
            for v in 0..<vectors { sums[row][v].store(at: c + (row &* cRow &+ v &* V.count)) }
        }
    }

    @inlinable @inline(__always) func addTo(_ c: Target, _ cRow: Int) {
        for row in 0..<rows {
            for v in 0..<vectors {
                let place = c + (row &* cRow &+ v &* V.count)
                (V(at: place) + sums[row][v]).store(at: place)
            }
        }
    }

    /// Through memory: how many columns there are is not known here.
    @inlinable @inline(__always) func storePart(
        _ c: Target, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        let width = vectors &* V.count
        withUnsafePointer(to: sums) { sums in
            sums.withMemoryRebound(to: Scalar.self, capacity: rows &* width) {
                Products.put($0, width, rows: rows, columns, c, cRow, accumulates)
            }
        }
    }
}

/// Some rows of C by so many vectors.
@usableFromInline enum Panel<V: Lanes, let vectors: Int> {
    @usableFromInline typealias Scalar = V.Element

    /// Rows of a tile, at most 8: as many sums as registers hold beside the operands.
    @inlinable @inline(__always) static var limit: Int { min(8, 2 &* Int(HUGONIOT_TILE_ROWS) / vectors) }

    @inlinable @inline(never) static func multiply(
        _ rows: Int, _ columns: Int, _ depth: Int, _ left: Products.Strided<Scalar>,
        _ b: UnsafePointer<Scalar>, _ bRow: Int, _ target: UnsafeMutablePointer<Scalar>, _ cRow: Int,
        _ accumulates: Bool
    ) {
        // Tiles of nearly equal height: 17 rows are 6 + 6 + 5, because a tile of one row waits for each product.
        let tiles = (rows &+ limit &- 1) / limit
        var row = 0
        for tile in 0..<tiles {
            let (a, c) = (left.from(row), target + row &* cRow)
            let height = (rows &- row &+ tiles &- tile &- 1) / (tiles &- tile)
            row &+= height
            switch height {
            case 1: Tile<V, 1, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 2: Tile<V, 2, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 3: Tile<V, 3, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 4: Tile<V, 4, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 5: Tile<V, 5, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 6: Tile<V, 6, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            case 7: Tile<V, 7, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            default: Tile<V, 8, vectors>.multiply(a, b, bRow, depth, c, cRow, columns, accumulates)
            }
        }
    }
}
