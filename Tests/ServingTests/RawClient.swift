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
    func get(_ target: String, host: String? = nil, _ headers: String...) async throws -> Answer {
        try await send(request("GET", "/\(token)/\(target)", host: host, headers))
    }

    func request(_ method: String, _ target: String, host: String? = nil, _ headers: [String] = []) -> String
    {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + headers
        return (lines + ["Connection: close", "", ""]).joined(separator: "\r\n")
    }

    /// Sends bytes and reads the answer until the server closes the connection, or until `isEnough`. Waits on a thread
    /// of its own: the few that Swift has for asynchronous work belong to the server.
    func send(_ text: String, until isEnough: @escaping @Sendable (String) -> Bool = { _ in false })
        async throws -> Answer
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try exchange(text, isEnough) }) }
        }
    }

    private func exchange(_ text: String, _ isEnough: (String) -> Bool) throws -> Answer {
        let descriptor = try connect()
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server may refuse a long request before all of it is sent.
            guard count > 0 else { break }
            bytes = bytes.dropFirst(count)
        }
        var received: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(String(decoding: received, as: UTF8.self)) {
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { break }
            received += part.prefix(count)
        }
        return try Self.parse(String(decoding: received, as: UTF8.self))
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
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
        guard outcome == 0 else {
            close(descriptor)
            throw Failure(reason: "nobody listens at \(port)")
        }
        return descriptor
    }

    private static func parse(_ text: String) throws -> Answer {
        guard let end = text.range(of: "\r\n\r\n") else { throw Failure(reason: "no answer: \(text)") }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(reason: "no status: \(text)")
        }
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        return Answer(
            status: status, headers: Dictionary(headers) { $1 }, body: String(text[end.upperBound...]))
    }
}
