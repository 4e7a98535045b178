import Foundation

/// An open descriptor that nobody waits on without a limit. It is closed when nobody holds it any more, and no program
/// that this one starts inherits it.
final class Connection: Sendable {
    enum Received {
        case bytes([UInt8])
        case nothingYet
        case ended
    }

    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // The other side is told, even while a process that is just starting has a copy of the descriptor.
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// What has come, at most this many bytes of it.
    func receive(upTo count: Int) -> Received {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, recv(descriptor, buffer.baseAddress, count, Int32(MSG_DONTWAIT)))
        }
        if !bytes.isEmpty { return .bytes(bytes) }
        return [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) ? .nothingYet : .ended
    }

    /// Sends what fits at once; false where that is not all of it.
    func offer(_ data: Data) -> Bool { send(data) == data.count }

    /// Sends all of it; false where the other side is gone, or takes nothing for so many seconds.
    func deliver(_ data: Data, patience seconds: Double) -> Bool {
        var rest = data
        while !rest.isEmpty {
            guard let count = send(rest) else { return false }
            rest = rest.dropFirst(count)
            if rest.isEmpty { break }
            var asked = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&asked, 1, Int32(1000 * seconds)) > 0 else { return false }
        }
        return true
    }

    /// Says that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// How many bytes the system took; nil where the other side is gone.
    private func send(_ data: Data) -> Int? {
        let count = data.withUnsafeBytes {
            Foundation.send(
                descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        if count >= 0 { return count }
        return [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) ? 0 : nil
    }
}
