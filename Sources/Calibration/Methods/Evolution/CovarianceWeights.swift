import Foundation

/// The constants of CMA-ES for a population and a dimension, as in Hansen's tutorial (2016, arXiv:1604.00772),
/// tables 1 and 2, negative weights included (Jastrebski & Arnold 2006, doi:10.1109/CEC.2006.1688662).
struct CovarianceWeights: Sendable {
    /// Weights of recombination by rank; the second half is negative.
    let weights: [Double]
    /// How many weights are positive.
    let parents: Int
    /// The variance-effective number of parents μ_eff.
    let effective: Double
    /// c_c, the rate of the path of the covariance.
    let pathRate: Double
    /// c_σ, the rate of the path of the step.
    let stepRate: Double
    /// d_σ, the damping of the step.
    let stepDamping: Double
    /// c₁, the rate of the rank-one update.
    let rankOne: Double
    /// c_μ, the rate of the rank-μ update.
    let rankMany: Double
    /// E|N(0, I)|.
    let expectedLength: Double

    init(population: Int, dimension: Int) {
        let n = Double(dimension)
        let raw = (1...population).map { log(Double(population + 1) / 2) - log(Double($0)) }
        parents = raw.filter { $0 > 0 }.count
        let (positive, negative) = (raw.prefix(parents), raw.dropFirst(parents))
        func effectiveSize(_ values: ArraySlice<Double>) -> Double {
            let (sum, squares) = (values.reduce(0, +), values.reduce(0) { $0 + $1 * $1 })
            return squares > 0 ? sum * sum / squares : 0
        }
        let effective = effectiveSize(positive)
        self.effective = effective
        pathRate = (4 + effective / n) / (n + 4 + 2 * effective / n)
        stepRate = (effective + 2) / (n + effective + 5)
        stepDamping = 1 + 2 * max(0, ((effective - 1) / (n + 1)).squareRoot() - 1) + stepRate
        let rankOne = 2 / ((n + 1.3) * (n + 1.3) + effective)
        let rankMany = min(
            1 - rankOne, 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2) * (n + 2) + effective))
        (self.rankOne, self.rankMany) = (rankOne, rankMany)
        let share = min(
            1 + rankOne / rankMany, 1 + 2 * effectiveSize(negative) / (effective + 2),
            (1 - rankOne - rankMany) / (n * rankMany))
        let (gain, loss) = (positive.reduce(0, +), -negative.reduce(0, +))
        weights = raw.map { $0 >= 0 ? $0 / gain : share * $0 / loss }
        expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    }
}
