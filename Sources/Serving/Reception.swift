import Foundation

/// Takes connections and their requests on one thread that never waits for any of them: who is slow, sends without
/// measure or asks for what is not there costs some memory for some seconds, and keeps nobody else waiting.
final class Reception: Sendable {
    /// What is to be done with a request that passed the guard; false where nobody is free.
    typealias Serve = @Sendable (Route, Request, Connection) -> Bool

    private let listener: Connection
    /// Its other end closes when the server stops.
    private let bell: Connection
    private let dispatcher: Dispatcher
    private let guardian: RequestGuard
    private let limits: Limits
    private let serve: Serve

    init(
        _ listener: Connection, bell: Connection, _ dispatcher: Dispatcher, _ guardian: RequestGuard,
        _ limits: Limits, serve: @escaping Serve
    ) {
        (self.listener, self.bell, self.dispatcher, self.guardian) = (listener, bell, dispatcher, guardian)
        (self.limits, self.serve) = (limits, serve)
    }

    /// Receives until the bell's other end is closed.
    func run() {
        // A process that is just starting may have a copy, which must not go on listening.
        defer { _ = shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
        var arrivals: [Arrival] = []
        // Where the system has no descriptor left it is asked again later.
        var isFull = false
        while true {
            var asked = [bell, listener].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            asked += arrivals.map {
                pollfd(fd: $0.connection.descriptor, events: Int16(POLLIN), revents: 0)
            }
            if isFull { asked[1].events = 0 }
            let next = arrivals.map(\.deadline).min() ?? .infinity
            let patience = min(isFull ? 0.1 : 60, max(0, next - Self.now))
            poll(&asked, nfds_t(asked.count), Int32((1000 * patience).rounded(.up)))
            if asked[0].revents != 0 { return }
            let ready = asked.dropFirst(2).map { $0.revents != 0 }
            let now = Self.now
            arrivals = zip(arrivals, ready).compactMap { arrival, isReady in
                let next = isReady ? heard(arrival, at: now) : arrival
                return next.flatMap { $0.deadline > now ? $0 : nil }
            }
            isFull = asked[1].revents != 0 && !accept(&arrivals, at: now)
        }
    }

    /// Takes all who have come; false where the system gives no more.
    private func accept(_ arrivals: inout [Arrival], at now: Double) -> Bool {
        for _ in 0..<limits.connections {
            let descriptor = Foundation.accept(listener.descriptor, nil, nil)
            guard descriptor >= 0 else {
                guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) else { return true }
                // The oldest makes room for those who wait.
                if !arrivals.isEmpty { arrivals.removeFirst() }
                return false
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            arrivals.append(Arrival(Connection(descriptor), deadline: now + limits.secondsToAsk))
            if arrivals.count > limits.connections { arrivals.removeFirst() }
        }
        return true
    }

    /// Hears what a connection has to say; nil where it is no longer waited for here.
    private func heard(_ arrival: Arrival, at now: Double) -> Arrival? {
        var arrival = arrival
        guard case .bytes(let bytes) = arrival.connection.receive(upTo: 65_536) else { return nil }
        do {
            guard let head = try arrival.take(bytes, limits) else { return arrival }
            let (route, request) = try dispatcher.route(of: head, guardian)
            if serve(route, request, arrival.connection) { return nil }
            throw Refusal(503, "too many requests wait already")
        } catch {
            let refusal = error as? Refusal ?? Refusal(500, "\(error)")
            guard arrival.connection.offer(Dispatcher.bytes(of: refusal.response)) else { return nil }
            arrival.connection.finish()
            arrival.leave(until: now + limits.secondsToLeave)
            return arrival
        }
    }

    private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
