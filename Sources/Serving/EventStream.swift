import FlyingSocks
import Foundation
import Synchronization

/// Sends events to every page that listens, as server-sent events.
///
/// WHATWG HTML Living Standard, section 9.2, https://html.spec.whatwg.org/multipage/server-sent-events.html.
public final class EventStream: Sendable {
    private struct Listeners {
        var next = 0
        var open: [Int: AsyncStream<Data>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())
    /// Pages that may listen at the same time; one more ends the oldest.
    private static let capacity = 32

    /// A stream without listeners.
    public init() {}

    /// Sends an event. A name is one word; a text of many lines arrives with them.
    public func send(_ name: String, _ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let event = "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
        yield(Data(event.utf8))
    }

    /// Sends what no page sees: connections that are gone are noticed so.
    public func sendHeartbeat() { yield(Data(": \n\n".utf8)) }

    /// Ends all connections.
    public func end() {
        let open = listeners.withLock { listeners in
            defer { listeners.open = [:] }
            return listeners.open
        }
        for continuation in open.values { continuation.finish() }
    }

    private func yield(_ data: Data) {
        for continuation in listeners.withLock({ Array($0.open.values) }) { continuation.yield(data) }
    }

    /// The bytes for a new listener. The first ones come at once, so that the page knows it is connected.
    func listen() -> EventBytes {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Data.self, bufferingPolicy: .bufferingNewest(256))
        let (number, oldest) = listeners.withLock { listeners in
            listeners.next += 1
            listeners.open[listeners.next] = continuation
            let oldest =
                listeners.open.count > Self.capacity
                ? listeners.open.keys.min().flatMap { listeners.open.removeValue(forKey: $0) } : nil
            return (listeners.next, oldest)
        }
        oldest?.finish()
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.open.removeValue(forKey: number) }
        }
        continuation.yield(Data("retry: 1000\n\n".utf8))
        return EventBytes(stream: stream)
    }
}

/// Events as bytes, in the shape that the server sends.
struct EventBytes: AsyncBufferedSequence {
    typealias Element = UInt8
    let stream: AsyncStream<Data>

    func makeAsyncIterator() -> Iterator { Iterator(iterator: stream.makeAsyncIterator()) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var iterator: AsyncStream<Data>.AsyncIterator
        private var rest = Data()

        init(iterator: AsyncStream<Data>.AsyncIterator) { self.iterator = iterator }

        mutating func next() async -> UInt8? {
            guard let buffer = await nextBuffer(suggested: 1) else { return nil }
            return buffer.first
        }

        mutating func nextBuffer(suggested count: Int) async -> Data? {
            if rest.isEmpty {
                guard let data = await iterator.next() else { return nil }
                rest = data
            }
            defer { rest = Data(rest.dropFirst(count)) }
            return Data(rest.prefix(count))
        }
    }
}
