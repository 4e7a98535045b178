import COpenBLAS

extension Matrix {
    /// The product A B.
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        left.product(right, transposeLeft: false, transposeRight: false)
    }

    /// The product A x.
    public static func * (left: Matrix, right: [Double]) -> [Double] { left.apply(right, transpose: false) }

    /// The sum of two matrices of the same shape.
    public static func + (left: Matrix, right: Matrix) -> Matrix {
        Matrix(rows: left.rows, columns: left.columns, values: zip(left.values, right.values).map(+))
    }

    /// The difference of two matrices of the same shape.
    public static func - (left: Matrix, right: Matrix) -> Matrix {
        Matrix(rows: left.rows, columns: left.columns, values: zip(left.values, right.values).map(-))
    }

    /// The matrix times a number.
    public static func * (factor: Double, right: Matrix) -> Matrix {
        Matrix(rows: right.rows, columns: right.columns, values: right.values.map { factor * $0 })
    }

    /// The product Aᵀ x without forming the transpose.
    public func transposeTimes(_ vector: [Double]) -> [Double] { apply(vector, transpose: true) }

    /// The product Aᵀ B without forming the transpose.
    public func transposeTimes(_ other: Matrix) -> Matrix {
        product(other, transposeLeft: true, transposeRight: false)
    }

    /// The product A Bᵀ without forming the transpose.
    public func timesTranspose(_ other: Matrix) -> Matrix {
        product(other, transposeLeft: false, transposeRight: true)
    }

    /// The product AᵀA.
    public var gram: Matrix { transposeTimes(self) }

    /// Adds `factor` · x yᵀ.
    public mutating func addOuter(_ factor: Double, _ x: [Double], _ y: [Double]) {
        precondition(x.count == rows && y.count == columns, "outer product of the wrong shape")
        guard rows > 0, columns > 0 else { return }
        SingleThreadedBLAS.require()
        cblas_dger(
            CblasRowMajor, Int32(rows), Int32(columns), factor, x, 1, y, 1, &values, Int32(columns))
    }

    private func apply(_ vector: [Double], transpose: Bool) -> [Double] {
        precondition(vector.count == (transpose ? rows : columns), "vector of the wrong length")
        var result = [Double](repeating: 0, count: transpose ? columns : rows)
        guard rows > 0, columns > 0 else { return result }
        SingleThreadedBLAS.require()
        cblas_dgemv(
            CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), 1, values,
            Int32(columns), vector, 1, 0, &result, 1)
        return result
    }

    private func product(_ other: Matrix, transposeLeft: Bool, transposeRight: Bool) -> Matrix {
        let (height, inner) = transposeLeft ? (columns, rows) : (rows, columns)
        let (depth, width) = transposeRight ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(inner == depth, "matrices do not fit")
        var result = Matrix(rows: height, columns: width)
        guard height > 0, width > 0, inner > 0 else { return result }
        SingleThreadedBLAS.require()
        cblas_dgemm(
            CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans,
            transposeRight ? CblasTrans : CblasNoTrans, Int32(height), Int32(width), Int32(inner), 1, values,
            Int32(columns), other.values, Int32(other.columns), 0, &result.values, Int32(width))
        return result
    }
}
