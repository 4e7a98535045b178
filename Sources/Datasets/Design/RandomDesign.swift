import Numerics

/// Independent samples, each coordinate from a random stream of its own.
public struct RandomDesign: SampleDesign {
    private let count: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - count: Number of samples.
    ///   - seed: Selects the random numbers.
    public init(count: Int, seed: UInt64) {
        self.count = count
        self.seed = seed
    }

    /// The samples.
    public func points(_ axes: [Int?]) -> [[Double]] {
        let columns = axes.indices.map { axis in
            var random = RandomStream(seed: seed, stream: RandomPurpose.design.stream(axis))
            return (0..<count).map { _ in random.inside() }
        }
        return (0..<count).map { sample in columns.map { $0[sample] } }
    }
}

/// Who draws random numbers: each purpose has streams of its own, so that none repeats the numbers of another.
enum RandomPurpose: UInt64 {
    case design = 1
    case permutation, scrambling, family, geometry, splits, sample

    /// The number of a stream of this purpose.
    func stream(_ index: Int) -> UInt64 { rawValue << 56 | UInt64(index) & (1 << 56 - 1) }
}

extension RandomStream {
    /// The next number, uniform on (0, 1).
    mutating func inside() -> Double { max(uniform(), 0x1p-54) }

    /// The next whole number, uniform on 0 ..< count.
    mutating func index(below count: Int) -> Int { min(Int(uniform() * Double(count)), count - 1) }

    /// The numbers 0 ..< count in a random order (Fisher & Yates).
    mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, index(below: last + 1)) }
        return order
    }
}
