import Foundation
import Serving
import Testing

@Suite("The loopback server refuses", .serialized)
struct SecurityTests {
    /// As long as it takes, on a machine that has other work.
    private static let patient = {
        var limits = Limits()
        (limits.secondsToAsk, limits.secondsToLeave, limits.secondsToTake) = (3600, 3600, 3600)
        return limits
    }()

    /// A server with one page, for the time of one test.
    private func serving(_ limits: Limits = Self.patient, _ body: (RawClient) throws -> Void) throws {
        let server = LoopbackServer(
            routes: [Route("") { _ in .text("the page", type: "text/html") }], limits)
        let client = try RawClient(try server.start())
        defer { server.stop() }
        try body(client)
    }

    @Test(
        "paths that lead elsewhere",
        arguments: [
            "../../etc/passwd", "../../../../../../etc/passwd", "..%2f..%2fetc%2fpasswd",
            "%2e%2e/%2e%2e/etc/passwd",
            "....//....//etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "./", "%00", "change/../change",
            "?/../",
        ])
    func traversal(path: String) throws {
        try serving { client throws in
            let answer = try client.get(path)
            #expect(answer.status == 404 || answer.body == "the page")
            #expect(!answer.body.contains("root:"))
        }
    }

    @Test(
        "paths without the token",
        arguments: ["/", "/../../etc/passwd", "//", "/etc/passwd", "/0123456789abcdef/"])
    func noToken(target: String) throws {
        try serving { client throws in
            let answer = try client.send(client.request("GET", target))
            #expect(answer.status == 404)
        }
    }

    @Test(
        "host names that were bent to this machine",
        arguments: ["example.org", "127.0.0.1", "localhost:1", "0.0.0.0"])
    func wrongHost(host: String) throws {
        try serving { client throws in
            let name = host == "example.org" ? "example.org:\(client.port)" : host
            let answer = try client.get("", host: name)
            #expect(answer.status == 421)
        }
    }

    @Test("requests without a host")
    func noHost() throws {
        try serving { client throws in
            let answer = try client.send("GET /\(client.token)/ HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(answer.status == 421)
        }
    }

    @Test(
        "pages of other origins",
        arguments: ["http://example.org", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
    func otherOrigin(origin: String) throws {
        try serving { client throws in
            let answer = try client.get("", "Origin: \(origin)")
            #expect(answer.status == 403)
            #expect(answer.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test("what a browser marks as another site's", arguments: ["cross-site", "same-site"])
    func otherSite(mark: String) throws {
        try serving { client throws in
            let answer = try client.get("", "Sec-Fetch-Site: \(mark)")
            #expect(answer.status == 403)
        }
    }

    @Test("preflights and other methods", arguments: ["OPTIONS", "POST", "PUT", "DELETE", "HEAD", "TRACE"])
    func otherMethods(method: String) throws {
        try serving { client throws in
            let answer = try client.send(client.request(method, "/\(client.token)/"))
            #expect(answer.status == 405)
            #expect(answer.headers["access-control-allow-methods"] == nil)
        }
    }

    @Test("addresses, headers and bodies without measure")
    func oversize() throws {
        try serving { client throws in
            #expect(try client.get("?" + String(repeating: "a", count: 10_000)).status == 414)
            #expect(
                try client.get("", "X-Long: " + String(repeating: "a", count: 70_000)).status == 431)
            #expect(try client.get("", "Content-Length: 99999999").status == 413)
            #expect(try client.get("", "Content-Length: 5", "content-length: 0").status == 400)
            let head = client.request("GET", "/\(client.token)/", ["Transfer-Encoding: chunked"])
            #expect(try client.send(head + "5\r\n12345\r\n0\r\n\r\n").status == 413)
            #expect(try client.send(head + String(repeating: "a", count: 5 << 20)).status == 413)
        }
    }

    @Test("two hosts, and what is not HTTP")
    func malformed() throws {
        try serving { client throws in
            let start = "GET /\(client.token)/ HTTP/1.1\r\n"
            let host = "Host: 127.0.0.1:\(client.port)\r\n"
            #expect(try client.send(start + host + "Host: example.org\r\n\r\n").status == 400)
            #expect(try client.send(start + host + "hOST: 127.0.0.1:\(client.port)\r\n\r\n").status == 400)
            for text in [
                "GET /\(client.token)/\r\n" + host, start + "Host : a\r\n", start + host + " folded\r\n",
                start.replacingOccurrences(of: "\r\n", with: "\n") + host, start + host + "X: a\u{0}b\r\n",
                start + host + "nothing\r\n", "GET http://127.0.0.1/ HTTP/1.1\r\n" + host,
                "\u{16}\u{3}\u{1}\r\n", "\r\n",
            ] {
                #expect(try client.send(text + "\r\n").status == 400, "\(text)")
            }
            #expect(try client.get("").body == "the page")
        }
    }

    @Test("endless first lines, before they end, and answers others meanwhile")
    func endlessLines() throws {
        try serving { client throws in
            let others = try (0..<3).map { _ in try client.connect() }
            for other in others { other.write("GET /" + String(repeating: "a", count: 2_000_000)) }
            #expect(try client.get("").body == "the page")
            for other in others { #expect(try other.answer().status == 414) }
            let headers = try client.connect()
            headers.write("GET / HTTP/1.1\r\n" + String(repeating: "X: a\r\n", count: 100_000))
            #expect(try headers.answer().status == 431)
        }
    }

    @Test("to wait for who does not ask: after a while, and at once where others come")
    func silent() throws {
        var limits = Self.patient
        limits.secondsToAsk = 0.01
        try serving(limits) { client throws in
            let silent = try client.connect()
            silent.write("GET /")
            #expect(silent.read().isEmpty)
        }
        limits.secondsToAsk = 3600
        limits.connections = 4
        try serving(limits) { client throws in
            let silent = try (0..<12).map { _ in try client.connect() }
            for other in silent.prefix(8) { #expect(other.read().isEmpty) }
            #expect(try client.get("").body == "the page")
        }
    }

    @Test("to be held up by open connections when it stops")
    func stopping() throws {
        let server = LoopbackServer(routes: [])
        let client = try RawClient(try server.start())
        let others = try (0..<3).map { _ in try client.connect() }
        for other in others { other.write("GET /" + String(repeating: "a", count: 2_000_000)) }
        server.stop()
        #expect(throws: RawClient.Failure.self) { _ = try client.connect() }
    }

    @Test("to be reached from other machines")
    func loopbackOnly() throws {
        try serving { client throws in
            let sockets = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
            let port = String(format: ":%04X", client.port)
            let rows = sockets.split(separator: "\n").map { line in
                line.split(separator: " ").map(String.init)
            }
            // Column 1 is the local address, column 3 the state: 0A listens.
            let listening = rows.filter { row in row.count > 3 && row[1].hasSuffix(port) && row[3] == "0A" }
            #expect(listening.map { row in row[1] } == ["0100007F" + port])
        }
    }
}
