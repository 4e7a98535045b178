import COpenBLAS

/// The singular value decomposition A = U diag(values) Vᵀ with min(rows, columns) values.
public struct SingularValues: Sendable {
    /// The singular values, descending.
    public let values: [Double]
    /// The left singular vectors, one a column.
    public let left: Matrix
    /// The right singular vectors, one a row: Vᵀ.
    public let rightTransposed: Matrix

    /// Decomposes a matrix; nil where it is not finite or the iteration does not converge.
    public init?(_ matrix: Matrix) {
        guard matrix.values.isFinite else { return nil }
        SingleThreadedBLAS.require()
        let count = min(matrix.rows, matrix.columns)
        // Row-major A is column-major Aᵀ = V S Uᵀ: what LAPACK calls left is our right.
        var (m, n, k) = (Int32(matrix.columns), Int32(matrix.rows), Int32(count))
        var input = matrix.values
        var singular = [Double](repeating: 0, count: count)
        var right = [Double](repeating: 0, count: count * matrix.columns)
        var left = [Double](repeating: 0, count: count * matrix.rows)
        var info: Int32 = 0
        if count > 0 {
            var length = Int32(4 * count * count + 7 * count + 68 * max(matrix.rows, matrix.columns))
            var work = [Double](repeating: 0, count: Int(length))
            var integers = [Int32](repeating: 0, count: 8 * count)
            dgesdd_(
                "S", &m, &n, &input, &m, &singular, &right, &m, &left, &k, &work, &length, &integers, &info)
        }
        guard info == 0 else { return nil }
        values = singular
        self.left = Matrix(rows: matrix.rows, columns: count, values: left)
        rightTransposed = Matrix(rows: count, columns: matrix.columns, values: right)
    }

    /// The x of least length that minimises |A x − b|; singular values below `relativeTolerance` times the
    /// largest count as zero.
    public func leastSquares(_ vector: [Double], relativeTolerance: Double = 1e-13) -> [Double] {
        let floor = (values.first ?? 0) * relativeTolerance
        var coefficients = left.transposeTimes(vector)
        for (index, value) in values.enumerated() {
            coefficients[index] = value > floor ? coefficients[index] / value : 0
        }
        return rightTransposed.transposeTimes(coefficients)
    }
}
