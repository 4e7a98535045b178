import Foundation

/// Finds the route of a request, and shapes what goes back.
struct Dispatcher: Sendable {
    private let routes: [String: Route]

    init(_ routes: [Route]) { self.routes = Dictionary(routes.map { ($0.path, $0) }) { $1 } }

    /// The route of a request that the guard lets pass, and what it is asked. Throws `Refusal`.
    func route(of head: RequestHead, _ guardian: RequestGuard) throws -> (Route, Request) {
        try guardian.check(head)
        let path = try guardian.path(of: head)
        guard let route = routes[path] else { throw Refusal.nothingHere }
        guard head.method == "GET" else { throw Refusal(405, "\(head.method) is not allowed here") }
        return (route, Request(path: path, query: Self.query(of: head.target)))
    }

    /// The parts of a query, as `URLSearchParams` writes them.
    private static func query(of target: String) -> [String: String] {
        let text = target.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
        let pairs = text.split(separator: "&").map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.replacingOccurrences(of: "+", with: " ") }
                .map { $0.removingPercentEncoding ?? $0 }
            return (sides[0], sides.count > 1 ? sides[1] : "")
        }
        return Dictionary(pairs) { $1 }
    }

    /// The bytes of an answer; those of events are the lines before the first of them.
    static func bytes(of response: Response) -> Data {
        var lines = ["HTTP/1.1 \(response.status) \(response.status < 400 ? "OK" : "Refused")"]
        lines.append("Content-Type: \(response.type)")
        lines += standing
        lines.append("Content-Security-Policy: \(response.policy ?? policy)")
        var body = Data()
        if case .data(let data) = response.content {
            lines.append("Content-Length: \(data.count)")
            body = data
        }
        return Data((lines + ["", ""]).joined(separator: "\r\n").utf8) + body
    }

    /// Scripts, styles and data come from this server and from nowhere else; pictures may also be made by the page.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

    /// One request a connection: what a request leaves behind cannot become part of the next one.
    private static let standing = [
        "Connection: close", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
        "X-Frame-Options: SAMEORIGIN", "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
    ]
}
