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
                Panel<Scalar.Vector, 2>.multiply(
                    rows, width, depth, a, b + column, bRow, c + column, cRow, accumulates)
            } else {
                Panel<Scalar.Vector, 1>.multiply(
                    rows, width, depth, a, b + column, bRow, c + column, cRow, accumulates)
            }
            column &+= 2 &* lanes
        }
    }

    /// Writes the columns that there are of rows that lie `width` apart.
    @inlinable @inline(never) static func put<Scalar: Real>(
        _ sums: UnsafePointer<Scalar>, _ width: Int, rows: Int, _ columns: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ accumulates: Bool
    ) {
        for row in 0..<rows {
            let (source, target) = (sums + row &* width, c + row &* cRow)
            if accumulates {
                for column in 0..<columns { target[column] += source[column] }
            } else {
                target.update(from: source, count: columns)
            }
        }
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
