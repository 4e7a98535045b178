import Foundation
import Synchronization

/// A file that is shown: opened anew whenever what lies on disk has changed.
final class ViewedFile: Sendable {
    let path: String
    private let others: [String]
    private let state: Mutex<State>

    private struct State {
        var viewed: any Viewed
        var stamp: [String]
        var version = 0
    }

    /// Opens a file. Throws what `ViewedKind.open` throws.
    init(_ path: String, among others: [String]) throws {
        (self.path, self.others) = (path, others)
        state = Mutex(State(viewed: try ViewedKind.open(path, among: others), stamp: Self.stamp(of: path)))
    }

    /// What is shown now.
    var viewed: any Viewed { state.withLock { $0.viewed } }
    /// Grows with every change.
    var version: Int { state.withLock { $0.version } }

    /// Looks at the disk; true where the file has changed and could be opened. One that is half written keeps its
    /// last state until it can be read again.
    func refresh() -> Bool {
        let stamp = Self.stamp(of: path)
        guard state.withLock({ $0.stamp != stamp }), let viewed = try? ViewedKind.open(path, among: others)
        else {
            return false
        }
        state.withLock { state in
            (state.viewed, state.stamp) = (viewed, stamp)
            state.version += 1
        }
        return true
    }

    private static func stamp(of path: String) -> [String] {
        ViewedKind.watched(path).map { path in
            guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return "" }
            let date = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(facts[.systemFileNumber] ?? 0) \(facts[.size] ?? 0) \(date)"
        }
    }
}
