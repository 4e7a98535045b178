import Foundation
import Serving
import Testing

@Suite("The loopback server", .serialized)
struct LoopbackServerTests {
    private struct Trouble: Error, CustomStringConvertible {
        var description: String { "trouble" }
    }

    @Test("serves its routes, with the query decoded")
    func routes() throws {
        let server = LoopbackServer(routes: [
            Route("") { _ in .text("the page", type: "text/html") },
            Route("echo") { request in .text(request.query["text"] ?? "nothing") },
        ])
        let client = try RawClient(try server.start())
        #expect(try client.get("").body == "the page")
        #expect(try client.get("", "Origin: http://127.0.0.1:\(client.port)").status == 200)
        #expect(try client.get("", host: "localhost:\(client.port)").status == 200)
        #expect(try client.get("echo?text=a%20%3Cb%3E%26").body == "a <b>&")
        #expect(try client.get("echo?text=a+b").body == "a b")
        server.stop()
    }

    @Test("sends headers that keep pages strict")
    func headers() throws {
        let server = LoopbackServer(routes: [Route("") { _ in .text("the page") }])
        let headers = try RawClient(try server.start()).get("").headers
        server.stop()
        let policy = try #require(headers["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(headers["x-content-type-options"] == "nosniff")
        #expect(headers["cache-control"] == "no-store")
        #expect(headers["referrer-policy"] == "no-referrer")
        #expect(headers["access-control-allow-origin"] == nil)
    }

    @Test("goes on after a handler that fails")
    func failingHandler() throws {
        let server = LoopbackServer(routes: [
            Route("bad") { _ in throw Trouble() }, Route("good") { _ in .text("good") },
        ])
        let client = try RawClient(try server.start())
        #expect(try client.get("bad").status == 500)
        #expect(try client.get("good").body == "good")
        server.stop()
    }

    @Test("answers while another answer takes its time")
    func slowHandler() throws {
        let isAsked = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        let server = LoopbackServer(routes: [
            Route("slow") { _ in
                isAsked.signal()
                mayEnd.wait()
                return .text("slow")
            },
            Route("quick") { _ in .text("quick") },
        ])
        let client = try RawClient(try server.start())
        let slow = try client.connect()
        slow.write(client.request("GET", "/\(client.token)/slow"))
        isAsked.wait()
        #expect(try client.get("quick").body == "quick")
        mayEnd.signal()
        #expect(try slow.answer().body == "slow")
        server.stop()
    }

    @Test("tells a taken port")
    func takenPort() throws {
        let first = LoopbackServer(routes: [])
        let port = try RawClient(try first.start()).port
        let second = LoopbackServer(port: port, routes: [])
        #expect(throws: ServingError.self) { _ = try second.start() }
        first.stop()
    }

    @Test("sends events, and ends them when it stops")
    func events() throws {
        let stream = EventStream()
        let server = LoopbackServer(routes: [Route("events") { _ in .events(stream) }])
        let client = try RawClient(try server.start())
        var isTold = false
        let answer = try client.send(client.request("GET", "/\(client.token)/events")) { text in
            // Connected once the stream has said its first word.
            if text.contains("retry"), !isTold {
                isTold = true
                stream.send("changed", "one\ntwo")
            }
            return text.contains("data: two")
        }
        #expect(answer.headers["content-type"] == "text/event-stream")
        #expect(answer.body.contains("event: changed\ndata: one\ndata: two\n\n"))
        server.stop()
        #expect(throws: RawClient.Failure.self) { _ = try client.get("events") }
    }

    @Test("gives every server an address of its own")
    func tokens() throws {
        let servers = (0..<2).map { _ in LoopbackServer(routes: []) }
        var tokens: Set<String> = []
        for server in servers {
            tokens.insert(try RawClient(try server.start()).token)
            server.stop()
        }
        #expect(tokens.count == 2 && tokens.allSatisfy { $0.count == 32 })
    }
}
