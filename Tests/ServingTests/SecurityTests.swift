import Foundation
import Serving
import Testing

@Suite("The loopback server refuses", .serialized)
struct SecurityTests {
    /// A server with one page, for the time of one test.
    private func serving(_ body: (RawClient) async throws -> Void) async throws {
        let server = try LoopbackServer(routes: [
            Route("") { _ in .text("the page", type: "text/html") },
            Route(.post, "change") { request in .text("\(request.body.count)") },
        ])
        let client = try RawClient(try await server.start())
        do { try await body(client) } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test(
        "paths that lead elsewhere",
        arguments: [
            "../../etc/passwd", "../../../../../../etc/passwd", "..%2f..%2fetc%2fpasswd",
            "%2e%2e/%2e%2e/etc/passwd",
            "....//....//etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "./", "%00", "change/../change",
            "?/../",
        ])
    func traversal(path: String) async throws {
        try await serving { client in
            let answer = try await client.get(path)
            #expect(answer.status == 404 || answer.body == "the page")
            #expect(!answer.body.contains("root:"))
        }
    }

    @Test(
        "paths without the token",
        arguments: ["/", "/../../etc/passwd", "//", "/etc/passwd", "/0123456789abcdef/"])
    func noToken(target: String) async throws {
        try await serving { client in
            let answer = try await client.send(client.request("GET", target))
            #expect(answer.status == 404)
        }
    }

    @Test(
        "host names that were bent to this machine",
        arguments: ["example.org", "127.0.0.1", "localhost:1", "0.0.0.0"])
    func wrongHost(host: String) async throws {
        try await serving { client in
            let name = host == "example.org" ? "example.org:\(client.port)" : host
            let answer = try await client.get("", host: name)
            #expect(answer.status == 421)
        }
    }

    @Test("requests without a host")
    func noHost() async throws {
        try await serving { client in
            let answer = try await client.send("GET /\(client.token)/ HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(answer.status == 421)
        }
    }

    @Test(
        "pages of other origins",
        arguments: ["http://example.org", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
    func otherOrigin(origin: String) async throws {
        try await serving { client in
            let answer = try await client.get("", "Origin: \(origin)")
            #expect(answer.status == 403)
            #expect(answer.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test("what a browser marks as another site's", arguments: ["cross-site", "same-site"])
    func otherSite(mark: String) async throws {
        try await serving { client in
            let answer = try await client.get("", "Sec-Fetch-Site: \(mark)")
            #expect(answer.status == 403)
        }
    }

    @Test("preflights and other methods", arguments: ["OPTIONS", "POST", "PUT", "DELETE", "HEAD", "TRACE"])
    func otherMethods(method: String) async throws {
        try await serving { client in
            let answer = try await client.send(client.request(method, "/\(client.token)/"))
            #expect(answer.status == 405)
            #expect(answer.headers["access-control-allow-methods"] == nil)
        }
    }

    @Test("addresses, headers and bodies without measure")
    func oversize() async throws {
        try await serving { client in
            #expect(try await client.get("?" + String(repeating: "a", count: 10_000)).status == 414)
            #expect(
                try await client.get("", "X-Long: " + String(repeating: "a", count: 70_000)).status == 431)
            let declared = client.request("POST", "/\(client.token)/change", ["Content-Length: 99999999"])
            #expect(try await client.send(declared).status == 413)
            let part = "100000\r\n" + String(repeating: "a", count: 1 << 20) + "\r\n"
            let head = client.request("POST", "/\(client.token)/change", ["Transfer-Encoding: chunked"])
            let answer = try await client.send(head + String(repeating: part, count: 5) + "0\r\n\r\n")
            #expect(answer.status == 413)
        }
    }

    @Test("to be reached from other machines")
    func loopbackOnly() async throws {
        try await serving { client in
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
