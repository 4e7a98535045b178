import Foundation
import Synchronization

/// Sends events to every page that listens, as server-sent events.
///
/// WHATWG HTML Living Standard, section 9.2, https://html.spec.whatwg.org/multipage/server-sent-events.html.
public final class EventStream: Sendable {
    private let listeners = Mutex<[Connection]>([])
    /// Pages that may listen at the same time; one more ends the oldest.
    private static let capacity = 32

    /// A stream without listeners.
    public init() {}

    /// Sends an event. A name is one word; a text of many lines arrives with them.
    public func send(_ name: String, _ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let event = "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
        tell(Data(event.utf8))
    }

    /// Sends what no page sees: connections that are gone are noticed so.
    public func sendHeartbeat() { tell(Data(": \n\n".utf8)) }

    /// Ends all connections.
    public func end() { listeners.withLock { $0 = [] } }

    /// Nobody is waited for: a page that does not take its events loses the connection, and asks again.
    private func tell(_ data: Data) {
        listeners.withLock { listeners in listeners.removeAll { !$0.offer(data) } }
    }

    /// A new listener. The first bytes come at once, so that the page knows it is connected.
    func listen(_ connection: Connection) {
        listeners.withLock { listeners in
            guard connection.offer(Data("retry: 1000\n\n".utf8)) else { return }
            listeners.append(connection)
            if listeners.count > Self.capacity { listeners.removeFirst() }
        }
    }
}
