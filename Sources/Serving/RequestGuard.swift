/// Refuses what no page of this server sends: a page elsewhere that guesses the port, a host name that was bent to
/// this machine, an address outside of the table, and bodies.
struct RequestGuard: Sendable {
    /// Where this server listens.
    let port: UInt16
    /// Unknown to pages elsewhere and to other users of this machine; the first part of every address.
    let token: String

    /// Throws `Refusal` for a request that does not come from a page of this server.
    func check(_ head: RequestHead) throws {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)" }
        guard let host = head.headers["host"], hosts.contains(host.lowercased()) else {
            throw Refusal(421, "the Host must be \(hosts.joined(separator: " or "))")
        }
        // The page asks under the name that the browser shows: another origin is another page.
        if let origin = head.headers["origin"], origin.lowercased() != "http://\(host.lowercased())" {
            throw Refusal(403, "requests of other pages are refused")
        }
        if let site = head.headers["sec-fetch-site"], !["same-origin", "none"].contains(site) {
            throw Refusal(403, "requests of other pages are refused")
        }
        guard head.headers["transfer-encoding"] == nil, (head.headers["content-length"] ?? "0") == "0" else {
            throw Refusal(413, "requests have no bodies here")
        }
    }

    /// The path under the server's address, letter for letter. Throws `Refusal` for one that is not under it.
    func path(of head: RequestHead) throws -> String {
        let path = head.target.prefix { $0 != "?" && $0 != "#" }
        let prefix = "/\(token)/"
        guard path.utf8.count >= prefix.utf8.count, Self.isEqual(path.prefix(prefix.count), prefix) else {
            throw Refusal.nothingHere
        }
        return String(path.dropFirst(prefix.count))
    }

    /// Takes as long for a wrong guess of the first letter as for one of the last.
    private static func isEqual(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
        a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// 128 random bits as text.
    static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension Refusal {
    static let nothingHere = Refusal(404, "there is nothing at this address")
}
