import Foundation

/// Speaks to a server letter by letter, as no browser would.
struct RawClient {
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    struct Failure: Error {
        var reason: String
    }

    let port: UInt16
    let token: String

    /// A client of the server at an address such as `http://127.0.0.1:1234/TOKEN/`.
    init(_ address: String) throws {
        guard let url = URL(string: address), let port = url.port else { throw Failure(reason: address) }
        self.port = UInt16(port)
        token = url.pathComponents.last ?? ""
    }

    /// Sends a request for a target under the token, with headers besides `Host` and `Connection`.
    func get(_ target: String, host: String? = nil, _ headers: String...) throws -> Answer {
        try send(request("GET", "/\(token)/\(target)", host: host, headers))
    }

    func request(_ method: String, _ target: String, host: String? = nil, _ headers: [String] = []) -> String
    {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + headers
        return (lines + ["Connection: close", "", ""]).joined(separator: "\r\n")
    }

    /// Sends bytes and reads the answer until the server closes the connection, or until `isEnough`.
    func send(_ text: String, until isEnough: (String) -> Bool = { _ in false }) throws -> Answer {
        let connection = try connect()
        connection.write(text)
        return try connection.answer(until: isEnough)
    }

    /// A connection that nothing was sent over yet.
    func connect() throws -> RawConnection { try RawConnection(port) }
}

/// One connection, written and read by hand.
final class RawConnection {
    private let descriptor: Int32

    init(_ port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // A server that is silent for so long is broken; one on a machine with other work is not.
        var limit = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw RawClient.Failure(reason: "nobody listens at \(port)") }
    }

    deinit { close(descriptor) }

    /// Sends bytes; a server may refuse a long request before all of it is sent.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// What comes until the server closes the connection, or until `isEnough`.
    func read(until isEnough: (String) -> Bool = { _ in false }) -> String {
        var received: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(String(decoding: received, as: UTF8.self)) {
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { break }
            received += part.prefix(count)
        }
        return String(decoding: received, as: UTF8.self)
    }

    func answer(until isEnough: (String) -> Bool = { _ in false }) throws -> RawClient.Answer {
        try Self.parse(read(until: isEnough))
    }

    private static func parse(_ text: String) throws -> RawClient.Answer {
        guard let end = text.range(of: "\r\n\r\n") else {
            throw RawClient.Failure(reason: "no answer: \(text)")
        }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw RawClient.Failure(reason: "no status: \(text)")
        }
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        return RawClient.Answer(
            status: status, headers: Dictionary(headers) { $1 }, body: String(text[end.upperBound...]))
    }
}
