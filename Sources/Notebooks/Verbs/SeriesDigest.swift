/// A series of numbers in six: enough to see that data changed, and to say by how much, on every machine. A hash
/// could not: the last bits of results differ between processors.
public struct SeriesDigest: Sendable, Codable, Equatable {
    /// The series.
    public var name: String
    /// How many numbers, those that are not finite included.
    public var count: Int
    /// How many are finite.
    public var finite: Int
    /// The smallest finite number; 0 where there is none.
    public var minimum: Double
    /// The largest finite number.
    public var maximum: Double
    /// Σ xᵢ / n.
    public var mean: Double
    /// Σ xᵢ (2 i/(n−1) − 1) / n: tells orders apart.
    public var moment: Double

    /// The digest of a series.
    public init(_ name: String, _ values: [Double]) {
        self.name = name
        count = values.count
        var (finite, sum, weighted) = (0, 0.0, 0.0)
        var (lowest, highest) = (Double.infinity, -Double.infinity)
        for (index, value) in values.enumerated() where value.isFinite {
            finite += 1
            sum += value
            weighted += value * (2 * Double(index) / Double(max(1, values.count - 1)) - 1)
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        self.finite = finite
        minimum = finite > 0 ? lowest : 0
        maximum = finite > 0 ? highest : 0
        mean = sum / Double(max(1, finite))
        moment = weighted / Double(max(1, finite))
    }

    /// A digest from its numbers.
    init(name: String, count: Int, finite: Int, numbers: [Double]) {
        (self.name, self.count, self.finite) = (name, count, finite)
        (minimum, maximum, mean, moment) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }

    /// The numbers that are compared, with their names.
    var numbers: [(name: String, value: Double)] {
        [("minimum", minimum), ("maximum", maximum), ("mean", mean), ("moment", moment)]
    }

    /// The size of the series, which tolerances are relative to.
    var scale: Double { max(abs(minimum), abs(maximum)) }
}

extension CellTable {
    /// The digests of the columns that are compared. A column of texts is one text.
    var digests: (numbers: [SeriesDigest], texts: [(name: String, text: String)]) {
        var numbers: [SeriesDigest] = []
        var texts: [(String, String)] = []
        for (index, column) in columns.enumerated() where !volatileColumns.contains(column) {
            let values = rows.map { index < $0.count ? $0[index] : nil }
            if values.allSatisfy({ $0 == nil || $0?.number != nil }) {
                numbers.append(SeriesDigest("\(name).\(column)", values.map { $0?.number ?? .nan }))
            } else {
                let text = values.map { $0?.exactText(nil) ?? "" }.joined(separator: "\n")
                texts.append(("\(name).\(column)", Digest.sha256(text)))
            }
        }
        return (numbers, texts)
    }
}
