import Numerics

/// The order of the items in an epoch and the random changes to them: functions of the seed and the epoch alone.
struct EpochOrder: Sendable {
    let seed: UInt64

    /// A shuffled list (Durstenfeld 1964, doi:10.1145/364520.364540).
    func shuffled(_ items: [TrainingItem], epoch: Int) -> [TrainingItem] {
        var stream = RandomStream(seed: seed, stream: 2 * UInt64(epoch))
        var items = items
        for last in items.indices.dropFirst().reversed() {
            items.swapAt(last, min(last, Int(stream.uniform() * Double(last + 1))))
        }
        return items
    }

    /// The random numbers of a position of an epoch.
    func stream(_ position: Int, epoch: Int) -> RandomStream {
        RandomStream(seed: seed, stream: 1 &+ UInt64(position + 1) << 32 &+ 2 * UInt64(epoch))
    }

    /// A number in 0..<count for the step that begins at a position.
    func choice(_ position: Int, epoch: Int, of count: Int) -> Int {
        guard count > 1 else { return 0 }
        var stream = RandomStream(
            seed: seed, stream: 1 << 63 | 1 &+ UInt64(position + 1) << 32 &+ 2 * UInt64(epoch))
        return min(count - 1, Int(stream.uniform() * Double(count)))
    }
}
