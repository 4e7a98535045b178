import Numerics
import Testing

@Suite struct LinearAlgebraTests {
    /// A matrix of random entries.
    private func random(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
        var stream = RandomStream(seed: seed)
        return Matrix(
            rows: rows, columns: columns, values: (0..<rows * columns).map { _ in stream.normal() })
    }

    private func distance(_ first: Matrix, _ second: Matrix) -> Double {
        zip(first.values, second.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    @Test func productsAgreeWithTheirDefinition() {
        let (a, b) = (random(3, 4), random(4, 2, seed: 2))
        var expected = Matrix(rows: 3, columns: 2)
        for i in 0..<3 { for j in 0..<2 { for k in 0..<4 { expected[i, j] += a[i, k] * b[k, j] } } }
        #expect(distance(a * b, expected) < 1e-14)
        #expect(distance(a.transposed.transposeTimes(b), expected) < 1e-14)
        #expect(distance(a.timesTranspose(b.transposed), expected) < 1e-14)
        #expect(zip(a * b.column(0), expected.column(0)).allSatisfy { abs($0 - $1) < 1e-14 })
    }

    @Test func aCholeskyFactorSolves() throws {
        let matrix = random(9, 6).gram
        let factor = try #require(Cholesky(matrix))
        #expect(distance(factor.lower.timesTranspose(factor.lower), matrix) < 1e-12)
        #expect(distance(factor.inverse * matrix, .identity(6)) < 1e-10)
        let solution = factor.solve([1, 2, 3, 4, 5, 6])
        #expect(zip(matrix * solution, [1, 2, 3, 4, 5, 6]).allSatisfy { abs($0 - $1) < 1e-10 })
    }

    @Test func anIndefiniteMatrixHasNoCholeskyFactor() {
        #expect(Cholesky(Matrix(rows: [[1, 2], [2, 1]])) == nil)
        #expect(Cholesky(Matrix(rows: [[.nan]])) == nil)
    }

    @Test func eigenvectorsDiagonalise() throws {
        let matrix = random(8, 5).gram
        let eigen = try #require(SymmetricEigen(matrix))
        #expect(distance(eigen.mapped { $0 }, matrix) < 1e-12)
        #expect(distance(eigen.vectors.gram, .identity(5)) < 1e-13)
        #expect(eigen.values == eigen.values.sorted())
    }

    @Test(arguments: [(7, 4), (4, 7), (5, 5)])
    func singularVectorsRecompose(shape: (rows: Int, columns: Int)) throws {
        let matrix = random(shape.rows, shape.columns)
        let parts = try #require(SingularValues(matrix))
        let recomposed = parts.left * Matrix(diagonal: parts.values) * parts.rightTransposed
        #expect(distance(recomposed, matrix) < 1e-13)
    }

    @Test func leastSquaresMakesTheResidualOrthogonal() throws {
        let matrix = random(12, 5)
        let right = random(12, 1, seed: 3).values
        let solution = try #require(leastSquares(matrix, right))
        let residual = (matrix * solution).subtracting(right)
        #expect(matrix.transposeTimes(residual).largestMagnitude < 1e-12)
        let other = try #require(SingularValues(matrix)).leastSquares(right)
        #expect(solution.subtracting(other).largestMagnitude < 1e-12)
    }
}
