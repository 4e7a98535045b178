/// Matrix products of the sizes that networks have: one side of a few dozen, the other of thousands.
///
/// The general library is at half of its speed for such shapes, because it packs both factors first. Here the right
/// factor is read as it lies, row by row in vectors, and the left one value by value.
public enum Products {
    /// A matrix that is read value by value: value (i, j) is at `base[i·row + j·column]`.
    public struct Strided<Scalar: Real> {
        /// Value (0, 0).
        public let base: UnsafePointer<Scalar>
        /// Values from one row to the next.
        public let row: Int
        /// Values from one column to the next.
        public let column: Int

        /// Describes a matrix in memory.
        @inlinable public init(_ base: UnsafePointer<Scalar>, row: Int, column: Int = 1) {
            self.base = base
            self.row = row
            self.column = column
        }
    }

    /// C = A·B, or C += A·B, with A of `rows` × `depth`, B of `depth` × `columns`.
    ///
    /// - Parameters:
    ///   - b: Rows of contiguous values, `bRow` apart; a vector's width beyond the last must be readable.
    ///   - c: Rows of contiguous values, `cRow` apart. Nothing beyond `columns` is written.
    ///   - accumulates: Whether the product is added to what C holds.
    @inlinable @inline(__always) public static func multiply<Scalar: Real>(
        rows: Int, columns: Int, depth: Int, _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, bRow: Int,
        _ c: UnsafeMutablePointer<Scalar>, cRow: Int, accumulates: Bool
    ) {
        let lanes = Scalar.Vector.count
        var column = 0
        while column < columns {
            let width = min(2 &* lanes, columns &- column)
            if width > lanes {
                widePanel(rows, width, depth, a, b + column, bRow, c + column, cRow, accumulates)
            } else {
                narrowPanel(rows, width, depth, a, b + column, bRow, c + column, cRow, accumulates)
            }
            column &+= 2 &* lanes
        }
    }

    @inlinable @inline(never) static func widePanel<Scalar: Real>(
        _ rows: Int, _ columns: Int, _ depth: Int, _ left: Strided<Scalar>, _ b: UnsafePointer<Scalar>,
        _ bRow: Int, _ target: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ accumulates: Bool
    ) {
        // Tiles of nearly equal height: 17 rows are 6 + 6 + 5, because a tile of one row waits for each product.
        let tiles = (rows &+ 7) / 8
        var row = 0
        for tile in 0..<tiles {
            let (a, c) = (left.from(row), target + row &* cRow)
            let height = (rows &- row &+ tiles &- tile &- 1) / (tiles &- tile)
            row &+= height
            switch height {
            case 1: tile1(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 2: tile2(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 3: tile3(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 4: tile4(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 5: tile5(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 6: tile6(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 7: tile7(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            default: tile8(wide: a, b, bRow, depth, c, cRow, columns, accumulates)
            }
        }
    }

    @inlinable @inline(never) static func narrowPanel<Scalar: Real>(
        _ rows: Int, _ columns: Int, _ depth: Int, _ left: Strided<Scalar>, _ b: UnsafePointer<Scalar>,
        _ bRow: Int, _ target: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ accumulates: Bool
    ) {
        // Tiles of nearly equal height: 17 rows are 6 + 6 + 5, because a tile of one row waits for each product.
        let tiles = (rows &+ 7) / 8
        var row = 0
        for tile in 0..<tiles {
            let (a, c) = (left.from(row), target + row &* cRow)
            let height = (rows &- row &+ tiles &- tile &- 1) / (tiles &- tile)
            row &+= height
            switch height {
            case 1: tile1(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 2: tile2(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 3: tile3(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 4: tile4(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 5: tile5(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 6: tile6(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            case 7: tile7(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            default: tile8(narrow: a, b, bRow, depth, c, cRow, columns, accumulates)
            }
        }
    }

    /// Writes more than one vector, up to two.
    @inlinable @inline(__always) public static func put<V: Lanes>(
        _ first: V, _ second: V, _ c: UnsafeMutablePointer<V.Element>, _ columns: Int, _ accumulates: Bool
    ) {
        (accumulates ? V(at: c) + first : first).store(at: c)
        put(second, c + V.count, columns &- V.count, accumulates)
    }

    /// Writes up to one vector.
    @inlinable @inline(__always) public static func put<V: Lanes>(
        _ value: V, _ c: UnsafeMutablePointer<V.Element>, _ columns: Int, _ accumulates: Bool
    ) {
        let sum = accumulates ? V(at: c) + value : value
        if columns == V.count { return sum.store(at: c) }
        withUnsafePointer(to: sum) { pointer in
            pointer.withMemoryRebound(to: V.Element.self, capacity: V.count) {
                c.update(from: $0, count: columns)
            }
        }
    }
}

extension Products.Strided {
    /// The matrix without its first rows.
    @inlinable @inline(__always) func from(_ index: Int) -> Self {
        Self(base + index &* row, row: row, column: column)
    }

    /// The same values with rows and columns exchanged.
    @inlinable public var transposed: Self { Self(base, row: column, column: row) }
}
