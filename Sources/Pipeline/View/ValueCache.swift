import Synchronization

/// Fields that were asked for lately: the slices of one volume, and what several derived fields need, are read once.
final class ValueCache: Sendable {
    private struct Content {
        var order: [String] = []
        var values: [String: [Float]] = [:]
    }

    private let content = Mutex(Content())
    /// At most this many numbers are kept: 256 MB.
    private static let capacity = 64 << 20

    /// The values of a key; what `read` gives is kept.
    func values(_ key: String, read: () throws -> [Float]) rethrows -> [Float] {
        if let known = content.withLock({ $0.values[key] }) { return known }
        let values = try read()
        content.withLock { content in
            if content.values.updateValue(values, forKey: key) == nil { content.order.append(key) }
            var count = content.values.values.reduce(0) { $0 + $1.count }
            while count > Self.capacity, content.order.count > 1 {
                count -= content.values.removeValue(forKey: content.order.removeFirst())?.count ?? 0
            }
        }
        return values
    }
}
