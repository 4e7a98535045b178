import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// A server for one person at this machine: it listens on 127.0.0.1 only, under an address that nobody can guess, and
/// serves a table of routes and nothing else.
public final class LoopbackServer: Sendable {
    private let server: HTTPServer
    private let dispatcher: Dispatcher
    private let running = Mutex<Running>(Running())

    private struct Running {
        var task: Task<Void, Never>?
        var failure: (any Error)?
    }

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - port: Where it listens; 0: where the system finds room.
    ///   - routes: What it serves; of two routes with the same method and path the later one counts.
    public init(port: UInt16 = 0, routes: [Route]) throws {
        dispatcher = Dispatcher(routes)
        server = HTTPServer(
            config: .init(
                address: try .inet(ip4: "127.0.0.1", port: port), timeout: 120,
                sharedRequestReplaySize: 65_536,
                logger: .disabled),
            handler: dispatcher)
    }

    /// Starts to listen, and returns the address of the page. Throws `ServingError` where the port is taken or not
    /// allowed.
    public func start() async throws -> String {
        let task = Task { [self] in
            do { try await server.run() } catch { running.withLock { $0.failure = error } }
        }
        running.withLock { $0.task = task }
        while await !server.isListening {
            if let failure = running.withLock({ $0.failure }) { throw ServingError(failure) }
            try await Task.sleep(for: .milliseconds(2))
        }
        guard case .ip4(_, let port) = await server.listeningAddress else {
            throw ServingError("it has no address")
        }
        dispatcher.open(port)
        return "http://127.0.0.1:\(port)/\(dispatcher.guardian.token)/"
    }

    /// Stops listening and ends all connections.
    public func stop() async {
        for stream in dispatcher.streams { stream.end() }
        await server.stop(timeout: 0.2)
        running.withLock { $0.task }?.cancel()
    }

    /// Serves until `isDone` says so, asked ten times a second. Both closures run on the calling thread, which may take
    /// its time in them: the serving goes on meanwhile. Not to be called from asynchronous code.
    ///
    /// - Parameter whenReady: Called once with the address of the page.
    /// - Throws: `ServingError`, and what `whenReady` throws.
    public func run(whenReady: (String) throws -> Void, until isDone: () -> Bool) throws {
        let address = try Self.waiting { try await self.start() }
        defer { try? Self.waiting { await self.stop() } }
        try whenReady(address)
        while !isDone() { Thread.sleep(forTimeInterval: 0.1) }
    }

    /// Waits for asynchronous work.
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws
        -> Value
    {
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        let ended = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                let value = try await work()
                outcome.withLock { $0 = .success(value) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            ended.signal()
        }
        ended.wait()
        guard let result = outcome.withLock({ $0 }) else { throw ServingError("it did not start") }
        return try result.get()
    }
}

/// Why a server cannot serve.
public struct ServingError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ text: String) { description = text }

    init(_ error: any Error) {
        if case .failed(_, _, let message) = error as? SocketError {
            description = message
        } else {
            description = error.localizedDescription
        }
    }
}
