import Numerics

/// Latin hypercube sampling: each of `count` intervals of each coordinate has one sample, at a random place within
/// (McKay, Beckman & Conover 1979, doi:10.1080/00401706.1979.10489755). The maximin form is the one out of several
/// whose closest samples are farthest apart (Johnson, Moore & Ylvisaker 1990, doi:10.1016/0378-3758(90)90122-B).
public struct LatinHypercubeDesign: SampleDesign {
    private let count: Int
    private let seed: UInt64
    private let isMaximin: Bool
    private static let mostCandidates = 32
    /// Bounds the time for the choice: pairs of samples times candidates times dimensions.
    private static let mostWork = 200_000_000

    /// - Parameters:
    ///   - count: Number of samples.
    ///   - seed: Selects the random numbers.
    ///   - isMaximin: Whether to choose among several.
    public init(count: Int, seed: UInt64, isMaximin: Bool) {
        self.count = count
        self.seed = seed
        self.isMaximin = isMaximin
    }

    /// The samples.
    public func points(_ axes: [Int?]) -> [[Double]] {
        let work = max(Double(count) * Double(count) / 2 * Double(max(axes.count, 1)), 1)
        let affordable = Int(min(Double(Self.mostWork) / work, Double(Self.mostCandidates)))
        var best = candidate(0, axes.count)
        guard isMaximin, affordable > 1, count > 1, !axes.isEmpty else { return best }
        var widest = Self.smallestDistance(best)
        for number in 1..<affordable {
            let points = candidate(number, axes.count)
            let distance = Self.smallestDistance(points)
            if distance > widest { (best, widest) = (points, distance) }
        }
        return best
    }

    private func candidate(_ number: Int, _ dimensions: Int) -> [[Double]] {
        let columns = (0..<dimensions).map { axis in
            let stream = RandomPurpose.permutation.stream(number << 20 | axis)
            var random = RandomStream(seed: seed, stream: stream)
            let order = random.permutation(count)
            return order.map { (Double($0) + random.inside()) / Double(count) }
        }
        return (0..<count).map { sample in columns.map { $0[sample] } }
    }

    /// The square of the smallest distance between two samples.
    public static func smallestDistance(_ points: [[Double]]) -> Double {
        var smallest = Double.infinity
        for first in points.indices {
            for second in points.indices.dropFirst(first + 1) {
                var square = 0.0
                for axis in points[first].indices {
                    let difference = points[first][axis] - points[second][axis]
                    square += difference * difference
                }
                smallest = min(smallest, square)
            }
        }
        return smallest
    }
}
