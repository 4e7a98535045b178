import COpenBLAS
import Foundation

/// The factor L of a symmetric positive definite matrix, A = L Lᵀ.
public struct Cholesky: Sendable {
    /// The lower triangular factor; zeros above the diagonal.
    public let lower: Matrix

    /// Factors a symmetric matrix, of which the lower triangle is read; nil where it is not positive definite
    /// to working precision.
    public init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "a Cholesky factor needs a square matrix")
        SingleThreadedBLAS.require()
        var factor = matrix
        // Row-major lower is LAPACK's column-major upper.
        var (size, info) = (Int32(matrix.rows), Int32(0))
        if size > 0 { dpotrf_("U", &size, &factor.values, &size, &info) }
        guard info == 0, factor.values.isFinite else { return nil }
        for row in 0..<factor.rows {
            for column in row + 1..<max(row + 1, factor.columns) { factor[row, column] = 0 }
        }
        lower = factor
    }

    /// The solution of A x = b.
    public func solve(_ vector: [Double]) -> [Double] {
        solveTriangle(solveTriangle(vector, transpose: false), transpose: true)
    }

    /// The solution of A X = B.
    public func solve(_ matrix: Matrix) -> Matrix {
        var result = matrix
        for transpose in [CblasNoTrans, CblasTrans] where matrix.columns > 0 && matrix.rows > 0 {
            cblas_dtrsm(
                CblasRowMajor, CblasLeft, CblasLower, transpose, CblasNonUnit, Int32(matrix.rows),
                Int32(matrix.columns), 1, lower.values, Int32(lower.columns), &result.values,
                Int32(matrix.columns))
        }
        return result
    }

    /// The solution of L x = b, or of Lᵀ x = b.
    public func solveTriangle(_ vector: [Double], transpose: Bool) -> [Double] {
        precondition(vector.count == lower.rows, "vector of the wrong length")
        var result = vector
        guard !vector.isEmpty else { return result }
        cblas_dtrsv(
            CblasRowMajor, CblasLower, transpose ? CblasTrans : CblasNoTrans, CblasNonUnit,
            Int32(lower.rows), lower.values, Int32(lower.rows), &result, 1)
        return result
    }

    /// A⁻¹.
    public var inverse: Matrix { solve(Matrix.identity(lower.rows)) }

    /// ln det A.
    public var logDeterminant: Double {
        2 * (0..<lower.rows).reduce(0) { $0 + log(lower[$1, $1]) }
    }
}
