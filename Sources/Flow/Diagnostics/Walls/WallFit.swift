import Geometry

/// Carries cell values to a point of a wall by a weighted least-squares polynomial.
///
/// With offsets ξ from the wall point in cells, weights ω = (1 − |ξ|²/R²)² and monomials b(ξ) up to degree two,
/// the coefficients c minimise Σ ω (b(ξᵢ)·c − vᵢ)²; any linear functional f of the polynomial is then Σ wᵢ vᵢ
/// with wᵢ = ωᵢ b(ξᵢ)·N⁻¹f and N = Σ ω b bᵀ. The value at the wall is third order, a slope second. Where cells are
/// too few, or would be weighed wildly against one another, the degree goes down.
struct WallFit {
    /// Fits look this far, in cells.
    static let radius = 2.9
    /// The largest Σ|w| that a fit may have; 1 is an average, extrapolation by one cell has 3.
    private static let largestGain = 8.0

    let rank: Int
    let neighbours: [WallNeighbour]

    /// Weights of the value at the wall; all 0 where there are no cells.
    func valueWeights() -> [Double] {
        for degree in [2, 1] {
            let weights = weights(degree: degree, constant: true) { monomials in
                monomials.map { $0 == SIMD3<Int>(0, 0, 0) ? 1 : 0 }
            }
            if let weights, gain(weights) <= Self.largestGain { return weights }
        }
        let plain = neighbours.map { pull($0.offset) }
        let sum = plain.reduce(0, +)
        return sum > 0 ? plain.map { $0 / sum } : plain
    }

    /// Weights of the derivative along a direction (given per cell: n_a/Δx_a) at the wall, for something that is
    /// 0 there.
    func slopeWeights(along direction: Point) -> [Double] {
        for degree in [2, 1] {
            let weights = weights(degree: degree, constant: false) { monomials in
                monomials.map { power in
                    power.wrappedSum() == 1
                        ? (0..<3).reduce(0.0) { $0 + Double(power[$1]) * direction[$1] } : 0
                }
            }
            if let weights { return weights }
        }
        return neighbours.map { _ in 0 }
    }

    private func gain(_ weights: [Double]) -> Double { weights.reduce(0) { $0 + abs($1) } }

    private func pull(_ offset: Point) -> Double {
        let share = 1 - (offset * offset).sum() / (Self.radius * Self.radius)
        return share * share
    }

    /// Exponents of x, y, z of total degree up to `degree`.
    private func monomials(degree: Int, constant: Bool) -> [SIMD3<Int>] {
        let top = { (axis: Int, used: Int) in axis < rank ? degree - used : 0 }
        var result: [SIMD3<Int>] = []
        for x in 0...degree {
            for y in 0...top(1, x) {
                for z in 0...top(2, x + y) where constant || x + y + z > 0 { result.append(SIMD3(x, y, z)) }
            }
        }
        return result
    }

    /// Weights of a linear functional of the fit; nil where the cells do not determine it.
    private func weights(
        degree: Int, constant: Bool, functional: ([SIMD3<Int>]) -> [Double]
    ) -> [Double]? {
        let powers = monomials(degree: degree, constant: constant)
        guard neighbours.count > powers.count else { return nil }
        let rows = neighbours.map { neighbour in powers.map { evaluate($0, neighbour.offset) } }
        var matrix = [[Double]](repeating: Array(repeating: 0, count: powers.count), count: powers.count)
        for (neighbour, row) in zip(neighbours, rows) {
            let pull = pull(neighbour.offset)
            for i in powers.indices {
                for j in 0...i { matrix[i][j] += pull * row[i] * row[j] }
            }
        }
        guard let solution = Cholesky.solve(matrix, functional(powers)) else { return nil }
        return zip(neighbours, rows).map { neighbour, row in
            pull(neighbour.offset) * zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }

    private func evaluate(_ power: SIMD3<Int>, _ offset: Point) -> Double {
        var value = 1.0
        for axis in 0..<rank {
            for _ in 0..<power[axis] { value *= offset[axis] }
        }
        return value
    }
}

/// Small symmetric positive definite systems.
enum Cholesky {
    /// Solves A x = b from the lower triangle of A; nil where A is nearly singular.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var lower = matrix
        let count = right.count
        for i in 0..<count {
            for j in 0...i {
                var sum = lower[i][j]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i > j {
                    lower[i][j] = sum / lower[j][j]
                } else {
                    guard sum > 1e-9 * matrix[i][i] else { return nil }
                    lower[i][i] = sum.squareRoot()
                }
            }
        }
        var solution = right
        for i in 0..<count {
            for k in 0..<i { solution[i] -= lower[i][k] * solution[k] }
            solution[i] /= lower[i][i]
        }
        for i in (0..<count).reversed() {
            for k in i + 1..<count { solution[i] -= lower[k][i] * solution[k] }
            solution[i] /= lower[i][i]
        }
        return solution
    }
}
