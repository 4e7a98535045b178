/// Count, mean, variance, least and greatest value of numbers that come in blocks.
///
/// Each block's moments are computed in two passes and merged: Chan, Golub, LeVeque 1983 (The American Statistician
/// 37, 242–247, doi:10.1080/00031305.1983.10483115), without the cancellation of Σx² − (Σx)²/n. The same blocks in the
/// same order give the same bits.
public struct StreamingMoments: Sendable, Equatable {
    /// How many numbers there were.
    public private(set) var count = 0
    /// Their mean; 0 of none.
    public private(set) var mean = 0.0
    /// The least.
    public private(set) var minimum = Double.infinity
    /// The greatest.
    public private(set) var maximum = -Double.infinity
    private var squares = 0.0

    /// Moments of nothing.
    public init() {}

    /// The standard deviation of the population, √(Σ(x − mean)² / n); 0 of none.
    public var standardDeviation: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }

    /// Takes in a block of numbers.
    public mutating func add(_ values: some Collection<Float>) {
        guard !values.isEmpty else { return }
        var sum = 0.0
        for value in values {
            let value = Double(value)
            sum += value
            minimum = min(minimum, value)
            maximum = max(maximum, value)
        }
        let number = values.count
        let blockMean = sum / Double(number)
        var blockSquares = 0.0
        for value in values {
            let deviation = Double(value) - blockMean
            blockSquares += deviation * deviation
        }
        merge(count: number, mean: blockMean, squares: blockSquares)
    }

    private mutating func merge(count other: Int, mean otherMean: Double, squares otherSquares: Double) {
        let total = Double(count + other)
        let difference = otherMean - mean
        squares += otherSquares + difference * difference * Double(count) * Double(other) / total
        mean += difference * Double(other) / total
        count += other
    }
}
