import COpenBLAS

/// A dense matrix of Float64, stored row after row.
public struct Matrix: Sendable, Equatable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The entries; (i, j) is at `i * columns + j`.
    public var values: [Double]

    /// A matrix with one value everywhere.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = rows
        self.columns = columns
        values = Array(repeating: value, count: rows * columns)
    }

    /// A matrix from its entries, row after row; `values.count` is `rows * columns`.
    public init(rows: Int, columns: Int, values: [Double]) {
        precondition(values.count == rows * columns, "a matrix needs rows * columns values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix from rows of the same length.
    public init(rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap(\.self))
    }

    /// A square matrix with these values on its diagonal and zeros elsewhere.
    public init(diagonal: [Double]) {
        self.init(rows: diagonal.count, columns: diagonal.count)
        for (index, value) in diagonal.enumerated() { self[index, index] = value }
    }

    /// The identity of this size.
    public static func identity(_ size: Int) -> Matrix {
        Matrix(diagonal: Array(repeating: 1, count: size))
    }

    /// The entry in a row and a column.
    @inlinable public subscript(row: Int, column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// One row.
    public func row(_ row: Int) -> [Double] { Array(values[row * columns..<(row + 1) * columns]) }

    /// One column.
    public func column(_ column: Int) -> [Double] { (0..<rows).map { self[$0, column] } }

    /// The entries on the diagonal.
    public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

    /// The transpose.
    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
        return result
    }

    /// Replaces one column.
    public mutating func setColumn(_ column: Int, _ entries: [Double]) {
        for row in 0..<rows { self[row, column] = entries[row] }
    }

    /// The rows and columns of these numbers, in their order.
    public func selecting(rows: [Int], columns: [Int]) -> Matrix {
        var result = Matrix(rows: rows.count, columns: columns.count)
        for (i, row) in rows.enumerated() {
            for (j, column) in columns.enumerated() { result[i, j] = self[row, column] }
        }
        return result
    }

    /// This matrix above another one with as many columns.
    public func stacked(over other: Matrix) -> Matrix {
        precondition(columns == other.columns, "stacked matrices have the same number of columns")
        return Matrix(rows: rows + other.rows, columns: columns, values: values + other.values)
    }
}
