import Foundation

/// Errors of one channel over the fluid of one sample.
public struct FieldErrors: Sendable, Codable, Equatable {
    /// ‖p − t‖ / ‖t‖.
    public var relativeL2: Double
    /// √mean(p − t)² over the root mean square of the truth's deviation from its mean.
    public var normalisedRMSE: Double
    /// √(mean(p − t)² / (var t + 10⁻⁷)), The Well's VRMSE.
    public var varianceRMSE: Double
    /// The largest |p − t|.
    public var maximum: Double
    /// √mean(p − t)² along the edge of the domain and the boundary band.
    public var boundaryRMSE: Double
    /// |mean p − mean t|: what a conserved quantity is off by.
    public var conserved: Double

    /// The errors of a channel.
    public init(_ sample: ScoredSample, channel: Int) {
        let start = channel * sample.count
        var (error, square, sum, sumPredicted, count, largest) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for cell in 0..<sample.count where sample.isFluid(cell) {
            let truth = Double(sample.truth[start + cell])
            let difference = Double(sample.prediction[start + cell]) - truth
            error += difference * difference
            square += truth * truth
            sum += truth
            sumPredicted += truth + difference
            count += 1
            largest = max(largest, abs(difference))
        }
        let n = max(1, count)
        let variance = max(0, square / n - sum / n * (sum / n))
        relativeL2 = (error / max(square, 1e-300)).squareRoot()
        normalisedRMSE = (error / n / max(variance, 1e-300)).squareRoot()
        varianceRMSE = (error / n / (variance + 1e-7)).squareRoot()
        maximum = largest
        conserved = abs(sumPredicted - sum) / n
        boundaryRMSE = Self.boundary(sample, start)
    }

    private static func boundary(_ sample: ScoredSample, _ start: Int) -> Double {
        var cells = Set(sample.boundaryCells)
        for cell in 0..<sample.count where sample.isFluid(cell) {
            var rest = cell
            for extent in sample.cells {
                if rest % extent == 0 || rest % extent == extent - 1 { cells.insert(cell) }
                rest /= extent
            }
        }
        // In the order of the cells, so that sums are the same in every run.
        let sum = cells.sorted().reduce(0.0) { sum, cell in
            let error = Double(sample.prediction[start + cell]) - Double(sample.truth[start + cell])
            return sum + error * error
        }
        return (sum / Double(max(1, cells.count))).squareRoot()
    }
}
