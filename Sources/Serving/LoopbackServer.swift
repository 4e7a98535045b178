import Foundation
import Synchronization

/// A server for one person at this machine: it listens on 127.0.0.1 only, under an address that nobody can guess, and
/// serves a table of routes and nothing else.
///
/// All of it runs on threads of its own: one that receives, and some that answer. Nothing that a connection sends is
/// looked at before it was measured.
public final class LoopbackServer: Sendable {
    private struct Running {
        /// Closed, it ends the reception.
        var bell: Connection
        var reception: DispatchSemaphore
        var threads: AnsweringThreads
    }

    private let port: UInt16
    private let routes: [Route]
    private let limits: Limits
    private let running = Mutex<Running?>(nil)
    private let events = Mutex<[ObjectIdentifier: EventStream]>([:])

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - port: Where it listens; 0: where the system finds room.
    ///   - routes: What it serves; of two routes with the same path the later one counts.
    public convenience init(port: UInt16 = 0, routes: [Route]) {
        self.init(port: port, routes: routes, Limits())
    }

    /// A server with other limits.
    package init(port: UInt16 = 0, routes: [Route], _ limits: Limits) {
        (self.port, self.routes, self.limits) = (port, routes, limits)
    }

    /// Starts to listen, and returns the address of the page. Throws `ServingError` where the port is taken or not
    /// allowed.
    public func start() throws -> String {
        let listener = try Self.listen(at: port)
        let bells = try Self.pair()
        let guardian = RequestGuard(port: try Self.port(of: listener), token: RequestGuard.makeToken())
        let threads = AnsweringThreads(8, room: limits.waiting)
        let reception = Reception(listener, bell: bells.heard, Dispatcher(routes), guardian, limits) {
            [self] route, request, connection in
            threads.take { [self] in answer(request, by: route, to: connection) }
        }
        let hasEnded = DispatchSemaphore(value: 0)
        let thread = Thread {
            reception.run()
            hasEnded.signal()
        }
        thread.name = "receives"
        running.withLock {
            $0 = Running(bell: bells.rung, reception: hasEnded, threads: threads)
        }
        thread.start()
        return "http://127.0.0.1:\(guardian.port)/\(guardian.token)/"
    }

    /// Stops listening and ends all connections but those that are being answered.
    public func stop() {
        let running = self.running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let running else { return }
        running.threads.end()
        running.bell.finish()
        running.reception.wait()
        for stream in events.withLock({ $0.values }) { stream.end() }
    }

    /// Serves until `isDone` says so, asked ten times a second. Both closures run on the calling thread, which may take
    /// its time in them: the serving goes on meanwhile.
    ///
    /// - Parameter whenReady: Called once with the address of the page.
    /// - Throws: `ServingError`, and what `whenReady` throws.
    public func run(whenReady: (String) throws -> Void, until isDone: () -> Bool) throws {
        let address = try start()
        defer { stop() }
        try whenReady(address)
        while !isDone() { Thread.sleep(forTimeInterval: 0.1) }
    }

    private func answer(_ request: Request, by route: Route, to connection: Connection) {
        let response: Response
        do {
            response = try route.answer(to: request)
        } catch {
            response = .text("\(error)\n", status: 500)
        }
        let bytes = Dispatcher.bytes(of: response)
        guard connection.deliver(bytes, patience: limits.secondsToTake) else { return }
        guard case .events(let stream) = response.content else { return }
        // Whoever stops the server ends the streams that are known by then.
        let isServing = running.withLock { running in
            if running != nil { events.withLock { $0[ObjectIdentifier(stream)] = stream } }
            return running != nil
        }
        if isServing { stream.listen(connection) }
    }
}

extension LoopbackServer {
    private static func listen(at port: UInt16) throws -> Connection {
        let flags = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_INET, Int32(flags), 0)
        guard descriptor >= 0 else { throw ServingError.ofSystem() }
        let listener = Connection(descriptor)
        // Connections that have just ended do not keep a port.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0, Foundation.listen(descriptor, 64) == 0 else { throw ServingError.ofSystem() }
        return listener
    }

    private static func port(of listener: Connection) throws -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(listener.descriptor, $0, &size)
            }
        }
        guard outcome == 0 else { throw ServingError.ofSystem() }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Two ends: what is done at one of them is heard at the other.
    private static func pair() throws -> (rung: Connection, heard: Connection) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ServingError.ofSystem() }
        return (Connection(ends[0]), Connection(ends[1]))
    }
}

/// Why a server cannot serve.
public struct ServingError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    static func ofSystem() -> Self { ServingError(description: String(cString: strerror(errno))) }
}
