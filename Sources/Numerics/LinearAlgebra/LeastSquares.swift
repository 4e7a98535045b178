import COpenBLAS

/// The x that minimises |A x − b|² for a matrix of full rank, by an orthogonal factorisation (LAPACK's `dgels`);
/// nil where A has fewer rows than columns, or does not have full rank.
public func leastSquares(_ matrix: Matrix, _ vector: [Double]) -> [Double]? {
    precondition(vector.count == matrix.rows, "vector of the wrong length")
    guard matrix.rows >= matrix.columns, matrix.columns > 0, matrix.values.isFinite, vector.isFinite else {
        return nil
    }
    SingleThreadedBLAS.require()
    // Row-major A is column-major Aᵀ, of which `dgels` solves the transposed system.
    var (m, n, one, info) = (Int32(matrix.columns), Int32(matrix.rows), Int32(1), Int32(0))
    var (factor, solution) = (matrix.values, vector)
    var length = Int32(matrix.columns + 33 * matrix.rows)
    var work = [Double](repeating: 0, count: Int(length))
    var height = max(m, n)
    dgels_("T", &m, &n, &one, &factor, &m, &solution, &height, &work, &length, &info)
    let result = Array(solution.prefix(matrix.columns))
    return info == 0 && result.isFinite ? result : nil
}
