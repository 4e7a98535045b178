import Numerics

/// Whether whitened residuals at the best point look like independent errors of the stated size.
public struct ResidualDiagnosis: Sendable {
    /// Σ r² / (m − d): 1 where model and stated errors are right. NaN without degrees of freedom.
    public let reducedChiSquare: Double
    /// The probability of a larger Σ r² by chance.
    public let tailProbability: Double
    /// The mean of r in units of its own standard error: a bias where its magnitude exceeds 2 to 3.
    public let bias: Double
    /// The correlation of neighbours in the order of the observations, in units of its standard error 1/√m: a trend that
    /// the model misses where it exceeds 2 to 3.
    public let neighbourCorrelation: Double
    /// The numbers of residuals beyond 3.5, at which chance puts one in two thousand.
    public let outliers: [Int]

    /// - Parameters:
    ///   - residuals: r of the data, without the rows of priors, in the order of the observations.
    ///   - parameters: d, the number of fitted parameters.
    public init(residuals: [Double], parameters: Int) {
        let count = Double(residuals.count)
        let freedom = residuals.count - parameters
        let square = residuals.dot(residuals)
        reducedChiSquare = freedom > 0 ? square / Double(freedom) : .nan
        tailProbability = freedom > 0 ? chiSquareTail(square, freedom: freedom) : .nan
        let mean = residuals.mean
        bias = mean * count.squareRoot()
        let centred = residuals.map { $0 - mean }
        let products = zip(centred, centred.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        let scatter = centred.dot(centred)
        neighbourCorrelation = scatter > 0 ? products / scatter * count.squareRoot() : 0
        outliers = residuals.indices.filter { abs(residuals[$0]) > 3.5 }
    }

    /// What is conspicuous, one sentence each; empty where nothing is.
    ///
    /// - Parameter tally: The minima that the search knows; nil where it has not looked for others. An incomplete model is only
    ///   spoken of where a local minimum is unlikely.
    public func findings(_ tally: BasinTally? = nil) -> [String] {
        var sentences: [String] = []
        if tailProbability < 0.01 { sentences.append(misfit(tally)) }
        if tailProbability > 0.99 {
            sentences.append("the residuals are smaller than the stated errors: these are overstated")
        }
        if abs(bias) > 3 { sentences.append("the residuals are biased to one side") }
        if neighbourCorrelation > 3 {
            sentences.append(
                "neighbouring residuals are alike: the model misses a trend, or errors are correlated")
        }
        if !outliers.isEmpty {
            sentences.append(
                "\(outliers.count) residuals are beyond 3.5 standard deviations: robust loss may help")
        }
        return sentences
    }

    private func misfit(_ tally: BasinTally?) -> String {
        let fact = "the residuals are larger than the stated errors explain: "
        guard let tally, tally.descents > 0 else {
            return fact + "the search ended in one minimum, which may be a local one; hybrid looks for others"
        }
        let share = "\(max(1, Int((100 * tally.unseenShare).rounded()))) %"
        if tally.expectedUnseen < 0.5, tally.unseenShare < 0.05 {
            return fact
                + "\(tally.summary), and others are unlikely (\(share) of the starts would lead to them): the model is "
                + "incomplete, errors are understated, or the minimum is narrow"
        }
        return fact
            + "this may be a local minimum. \(tally.summary); about \(share) of further starts would lead to others: a "
            + "larger budget buys more of them"
    }
}

/// Whether the data move a parameter farther than its prior allows (the idea of Evans & Moshonov 2006,
/// doi:10.1214/06-BA129, for normal distributions).
public struct PriorConflict: Sendable {
    /// For each unit coordinate (û − m)/√(s² − C), of which chance leaves |z| < 2.6 in 99 of 100 cases; nil without a
    /// prior, or where the data say nothing of it.
    public let scores: [Double?]

    /// - Parameters:
    ///   - point: The best point û.
    ///   - priors: The priors of mean m and deviation s in unit coordinates.
    ///   - deviations: The posterior's standard deviations √C, such as those of ``LaplacePosterior``.
    public init(point: [Double], priors: [NormalPrior?], deviations: [Double]) {
        scores = point.indices.map { index in
            guard let prior = priors[index] else { return nil }
            let variance = prior.deviation * prior.deviation - deviations[index] * deviations[index]
            guard variance > 1e-6 * prior.deviation * prior.deviation else { return nil }
            return (point[index] - prior.mean) / variance.squareRoot()
        }
    }

    /// The coordinates in conflict.
    public var conflicting: [Int] { scores.indices.filter { abs(scores[$0] ?? 0) > 2.6 } }
}
