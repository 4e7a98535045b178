import Foundation

/// What happens to runs that take longer than usual. Usual is the median of what runs that were answered took.
public struct OverdueRule: Sendable {
    /// A run that takes so many times the usual time is started a second time by a worker that has nothing else to do; the
    /// first answer counts.
    public var reschedule: Double?
    /// A run that takes so many times the usual time is given up and has failed.
    public var giveUp: Double?

    /// A rule; without numbers runs may take as long as they like.
    public init(reschedule: Double? = nil, giveUp: Double? = nil) {
        (self.reschedule, self.giveUp) = (reschedule, giveUp)
    }

    var isActive: Bool { reschedule != nil || giveUp != nil }
}

/// How long runs take. Used by all workers.
final class RunClock: @unchecked Sendable {
    /// Answers that are needed before a time counts as usual.
    private static let enough = 3
    private static let shortest = 0.05

    private let lock = NSLock()
    private var durations: [Double] = []
    private var median: Double?

    /// A run was answered.
    func record(_ seconds: Double) {
        lock.withLock {
            let place = durations.firstIndex { $0 >= seconds } ?? durations.count
            durations.insert(seconds, at: place)
            // The newest thousand would do; what is dropped is the longest and the shortest in turn.
            if durations.count > 1000 { durations.removeLast() }
            if durations.count >= Self.enough { median = durations[durations.count / 2] }
        }
    }

    /// The usual time in seconds; nil while too few are known. Never below what a clock can tell apart from a busy machine.
    var usual: Double? { lock.withLock { median.map { max($0, Self.shortest) } } }
}
