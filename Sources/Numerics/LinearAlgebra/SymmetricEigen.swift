import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix, A = V diag(values) Vᵀ.
public struct SymmetricEigen: Sendable {
    /// The eigenvalues, ascending.
    public let values: [Double]
    /// The eigenvectors of length 1, one a column, in the order of the values.
    public let vectors: Matrix

    /// Decomposes a symmetric matrix, of which the lower triangle is read; nil where it is not finite or the
    /// iteration does not converge.
    public init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "eigenvectors need a square matrix")
        guard matrix.values.isFinite else { return nil }
        SingleThreadedBLAS.require()
        var (size, info) = (Int32(matrix.rows), Int32(0))
        var factor = matrix.values
        var eigenvalues = [Double](repeating: 0, count: matrix.rows)
        var length = max(1, 34 * size)
        var work = [Double](repeating: 0, count: Int(length))
        if size > 0 { dsyev_("V", "U", &size, &factor, &size, &eigenvalues, &work, &length, &info) }
        guard info == 0 else { return nil }
        values = eigenvalues
        vectors = Matrix(rows: matrix.rows, columns: matrix.rows, values: factor).transposed
    }

    /// V diag(f(values)) Vᵀ: a function of the matrix.
    public func mapped(_ function: (Double) -> Double) -> Matrix {
        var scaled = vectors
        let factors = values.map(function)
        for row in 0..<scaled.rows {
            for column in 0..<scaled.columns { scaled[row, column] *= factors[column] }
        }
        return scaled.timesTranspose(vectors)
    }
}
