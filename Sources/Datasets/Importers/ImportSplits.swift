import Archive
import Numerics

/// Splits of foreign data: by geometry where there are several, else by sample.
public struct ImportSplits: Sendable, Equatable {
    /// The shares of train, validation and test.
    public var shares: [Double]
    /// The seed of the order.
    public var seed: UInt64

    /// Splits of 80, 10 and 10 %, unless said otherwise.
    public init(shares: [Double] = [0.8, 0.1, 0.1], seed: UInt64 = 1) {
        self.shares = shares
        self.seed = seed
    }

    /// Shuffles the geometries and deals them out whole, so that none lies in two splits.
    public func assign(_ samples: [DatasetSampleOrigin]) -> [DatasetSplit] {
        var groups: [[Int]] = []
        var places: [String: Int] = [:]
        for (index, sample) in samples.enumerated() {
            guard !sample.geometry.isEmpty, let place = places[sample.geometry] else {
                places[sample.geometry] = groups.count
                groups.append([index])
                continue
            }
            groups[place].append(index)
        }
        if groups.count == 1 { groups = samples.indices.map { [$0] } }
        shuffle(&groups)
        return deal(groups, samples.count)
    }

    /// Fisher and Yates 1938, in Durstenfeld's form (1964, doi:10.1145/364520.364540).
    private func shuffle(_ groups: inout [[Int]]) {
        var random = RandomStream(seed: seed)
        for last in groups.indices.dropFirst().reversed() {
            groups.swapAt(last, min(last, Int(random.uniform() * Double(last + 1))))
        }
    }

    private func deal(_ groups: [[Int]], _ count: Int) -> [DatasetSplit] {
        let total = shares.reduce(0, +)
        var lists = shares.map { _ in [Int]() }
        var (part, dealt, bound) = (0, 0, shares[0] / total)
        for group in groups {
            while part + 1 < shares.count, Double(dealt) + 0.5 >= bound * Double(count) {
                part += 1
                bound += shares[part] / total
            }
            lists[part] += group
            dealt += group.count
        }
        return zip(["train", "validation", "test"], lists).map { DatasetSplit($0, $1.sorted()) }
            .filter { !$0.samples.isEmpty }
    }
}
