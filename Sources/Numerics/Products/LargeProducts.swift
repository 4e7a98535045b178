import COpenBLAS

/// Products of large matrices by OpenBLAS, which is held to one thread: threads are ours, and split work by index, so
/// that a result depends on their number at most.
public enum LargeProducts {
    /// Done once, before the first product.
    private static let singleThread: Void = openblas_set_num_threads(1)

    /// C = A·B, or C += A·B, all of contiguous rows; a factor marked as transposed lies in memory as its transpose.
    ///
    /// - Parameters:
    ///   - aRow: Values from one row in memory to the next.
    ///   - accumulates: Whether the product is added to what C holds.
    public static func multiply<Scalar: Real>(
        rows: Int, columns: Int, depth: Int,
        _ a: UnsafePointer<Scalar>, aRow: Int, transposesA: Bool = false,
        _ b: UnsafePointer<Scalar>, bRow: Int, transposesB: Bool = false,
        _ c: UnsafeMutablePointer<Scalar>, cRow: Int, scale: Scalar = 1, accumulates: Bool
    ) {
        _ = singleThread
        let (ta, tb) = (
            transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans
        )
        let (m, n, k) = (Int32(rows), Int32(columns), Int32(depth))
        let (lda, ldb, ldc) = (Int32(aRow), Int32(bRow), Int32(cRow))
        let (left, right, result) = (UnsafeRawPointer(a), UnsafeRawPointer(b), UnsafeMutableRawPointer(c))
        if Scalar.self == Float.self {
            cblas_sgemm(
                CblasRowMajor, ta, tb, m, n, k, scale.single, left.assumingMemoryBound(to: Float.self), lda,
                right.assumingMemoryBound(to: Float.self), ldb, accumulates ? 1 : 0,
                result.assumingMemoryBound(to: Float.self), ldc)
        } else {
            cblas_dgemm(
                CblasRowMajor, ta, tb, m, n, k, scale.double, left.assumingMemoryBound(to: Double.self), lda,
                right.assumingMemoryBound(to: Double.self), ldb, accumulates ? 1 : 0,
                result.assumingMemoryBound(to: Double.self), ldc)
        }
    }
}
