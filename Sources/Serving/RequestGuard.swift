import FlyingFox
import Foundation

/// Refuses what no page of this server sends: a page elsewhere that guesses the port, a host name that was bent to
/// this machine, an address outside of the table, and bodies without measure.
struct RequestGuard: Sendable {
    /// Unknown to pages elsewhere and to other users of this machine; the first part of every address.
    let token: String
    /// The longest path and query.
    static let longestTarget = 8192
    /// The largest sum of all headers.
    static let largestHeaders = 65_536
    /// The largest body.
    static let largestBody = 4 << 20

    /// Why a request is refused; nil where it is not.
    func refusal(of request: HTTPRequest, port: UInt16) -> Response? {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)" }
        let headerSize = request.headers.reduce(0) { $0 + $1.key.rawValue.utf8.count + $1.value.utf8.count }
        guard request.target.rawValue.utf8.count <= Self.longestTarget else {
            return .refused(414, "the address is longer than \(Self.longestTarget) bytes")
        }
        guard headerSize <= Self.largestHeaders else {
            return .refused(431, "the headers are larger than \(Self.largestHeaders) bytes")
        }
        guard let host = request.headers[.host], hosts.contains(host.lowercased()) else {
            return .refused(421, "the Host must be \(hosts.joined(separator: " or "))")
        }
        // The page asks under the name that the browser shows: another origin is another page.
        if let origin = request.headers[HTTPHeader("Origin")],
            origin.lowercased() != "http://\(host.lowercased())"
        {
            return .refused(403, "requests of other pages are refused")
        }
        if let site = request.headers[HTTPHeader("Sec-Fetch-Site")], !["same-origin", "none"].contains(site) {
            return .refused(403, "requests of other pages are refused")
        }
        if let length = request.bodySequence.count, length > Self.largestBody {
            return .refused(413, "the body is larger than \(Self.largestBody) bytes")
        }
        return nil
    }

    /// The path under the server's address, letter for letter; nil for one that is not under it.
    func path(of request: HTTPRequest) -> String? {
        let path = request.target.rawValue.prefix { $0 != "?" && $0 != "#" }
        let prefix = "/\(token)/"
        guard path.utf8.count >= prefix.utf8.count, Self.isEqual(path.prefix(prefix.count), prefix) else {
            return nil
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

extension Response {
    /// An answer that says why there is none.
    static func refused(_ status: Int, _ reason: String) -> Self {
        .text("refused: \(reason)\n", status: status)
    }
}
