import Numerics

/// The order of the items in an epoch and the mirrors that they are seen in: functions of the seed and the epoch alone.
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

    /// For every position of the epoch a number in 0..<2^bits.
    func mirrors(_ count: Int, bits: Int, epoch: Int) -> [Int] {
        var stream = RandomStream(seed: seed, stream: 2 * UInt64(epoch) + 1)
        let choices = Double(1 << bits)
        return (0..<count).map { _ in Int(stream.uniform() * choices) }
    }
}
