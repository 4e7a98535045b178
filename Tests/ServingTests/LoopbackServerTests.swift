import Foundation
import Serving
import Testing

@Suite("The loopback server", .serialized)
struct LoopbackServerTests {
    private struct Trouble: Error, CustomStringConvertible {
        var description: String { "trouble" }
    }

    @Test("serves its routes, with the query decoded")
    func routes() async throws {
        let server = try LoopbackServer(routes: [
            Route("") { _ in .text("the page", type: "text/html") },
            Route("echo") { request in .text(request.query["text"] ?? "nothing") },
            Route(.post, "count") { request in .text("\(request.body.count)") },
        ])
        let client = try RawClient(try await server.start())
        #expect(try await client.get("").body == "the page")
        #expect(try await client.get("", "Origin: http://127.0.0.1:\(client.port)").status == 200)
        #expect(try await client.get("", host: "localhost:\(client.port)").status == 200)
        #expect(try await client.get("echo?text=a%20%3Cb%3E%26").body == "a <b>&")
        let post = client.request("POST", "/\(client.token)/count", ["Content-Length: 5"])
        #expect(try await client.send(post + "12345").body == "5")
        await server.stop()
    }

    @Test("sends headers that keep pages strict")
    func headers() async throws {
        let server = try LoopbackServer(routes: [Route("") { _ in .text("the page") }])
        let headers = try await RawClient(try await server.start()).get("").headers
        await server.stop()
        let policy = try #require(headers["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(headers["x-content-type-options"] == "nosniff")
        #expect(headers["cache-control"] == "no-store")
        #expect(headers["referrer-policy"] == "no-referrer")
        #expect(headers["access-control-allow-origin"] == nil)
    }

    @Test("goes on after a handler that fails")
    func failingHandler() async throws {
        let server = try LoopbackServer(routes: [
            Route("bad") { _ in throw Trouble() }, Route("good") { _ in .text("good") },
        ])
        let client = try RawClient(try await server.start())
        #expect(try await client.get("bad").status == 500)
        #expect(try await client.get("good").body == "good")
        await server.stop()
    }

    @Test("tells a taken port")
    func takenPort() async throws {
        let first = try LoopbackServer(routes: [])
        let port = try RawClient(try await first.start()).port
        let second = try LoopbackServer(port: port, routes: [])
        await #expect(throws: ServingError.self) { try await second.start() }
        await first.stop()
    }

    @Test("sends events, and ends them when it stops")
    func events() async throws {
        let stream = EventStream()
        let server = try LoopbackServer(routes: [Route("events") { _ in .events(stream) }])
        let client = try RawClient(try await server.start())
        let telling = Task {
            while !Task.isCancelled {
                stream.send("changed", "one\ntwo")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        let request = client.request("GET", "/\(client.token)/events")
        let answer = try await client.send(request) { $0.contains("data: two") }
        telling.cancel()
        #expect(answer.headers["content-type"] == "text/event-stream")
        #expect(answer.body.contains("event: changed\ndata: one\ndata: two\n\n"))
        await server.stop()
        await #expect(throws: RawClient.Failure.self) { try await client.get("events") }
    }

    @Test("gives every server an address of its own")
    func tokens() async throws {
        let servers = try (0..<2).map { _ in try LoopbackServer(routes: []) }
        var tokens: Set<String> = []
        for server in servers {
            tokens.insert(try RawClient(try await server.start()).token)
            await server.stop()
        }
        #expect(tokens.count == 2 && tokens.allSatisfy { $0.count == 32 })
    }
}
