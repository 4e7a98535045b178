import Numerics

/// All combinations of the values of the parameters; the last parameter changes fastest. What is continuous (the
/// choice among families of bodies) is random.
public struct GridDesign: SampleDesign {
    private let seed: UInt64

    /// - Parameter seed: Selects the random numbers of continuous coordinates.
    public init(seed: UInt64) { self.seed = seed }

    /// How many samples there are; nil where they are more than fit into an integer.
    public static func count(_ axes: [Int?]) -> Int? {
        var total = 1
        for levels in axes.compactMap({ $0 }) {
            let (product, isTooLarge) = total.multipliedReportingOverflow(by: levels)
            guard !isTooLarge else { return nil }
            total = product
        }
        return total
    }

    /// The samples.
    public func points(_ axes: [Int?]) -> [[Double]] {
        let count = Self.count(axes) ?? 0
        var random = RandomStream(seed: seed, stream: RandomPurpose.design.stream(0))
        return (0..<count).map { sample in
            var rest = sample
            let reversed = axes.reversed().map { levels -> Double in
                guard let levels else { return random.inside() }
                defer { rest /= levels }
                return (Double(rest % levels) + 0.5) / Double(levels)
            }
            return reversed.reversed()
        }
    }
}

/// The rows of a table in their order: every coordinate is the place of the row.
public struct RowDesign: SampleDesign {
    private let count: Int

    /// - Parameter count: Number of rows.
    public init(count: Int) { self.count = count }

    /// The samples.
    public func points(_ axes: [Int?]) -> [[Double]] {
        (0..<count).map { row in axes.map { _ in (Double(row) + 0.5) / Double(count) } }
    }
}
