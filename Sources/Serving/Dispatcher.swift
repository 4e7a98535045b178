import FlyingFox
import Foundation
import Synchronization

/// Finds the route of a request and shapes its answer.
final class Dispatcher: HTTPHandler {
    private struct Key: Hashable {
        let method: Request.Method
        let path: String
    }

    let guardian = RequestGuard(token: RequestGuard.makeToken())
    private let routes: [Key: Route]
    private let port = Mutex<UInt16>(0)
    private let events = Mutex<[ObjectIdentifier: EventStream]>([:])

    init(_ routes: [Route]) {
        self.routes = Dictionary(routes.map { (Key(method: $0.method, path: $0.path), $0) }) { $1 }
    }

    /// The port becomes known once the server listens.
    func open(_ port: UInt16) { self.port.withLock { $0 = port } }

    /// The streams that pages listened to.
    var streams: [EventStream] { events.withLock { Array($0.values) } }

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        if let refusal = guardian.refusal(of: request, port: port.withLock { $0 }) {
            return shaped(refusal, closes: true)
        }
        guard let path = guardian.path(of: request) else {
            return shaped(.refused(404, "there is nothing at this address"), closes: true)
        }
        guard let method = Request.Method(rawValue: request.method.rawValue),
            let route = routes[Key(method: method, path: path)]
        else {
            let isKnown = [Request.Method.get, .post].contains { routes[Key(method: $0, path: path)] != nil }
            return shaped(
                isKnown
                    ? .refused(405, "\(request.method.rawValue) is not allowed here")
                    : .refused(404, "there is nothing at this address"), closes: true)
        }
        do {
            let body = try await Self.body(of: request)
            guard let body else { return shaped(.refused(413, "the body is too large"), closes: true) }
            let query = Dictionary(request.query.map { ($0.name, $0.value) }) { $1 }
            return shaped(try await route.handler(Request(method, path: path, query: query, body: body)))
        } catch {
            return shaped(.text("\(error)\n", status: 500))
        }
    }

    /// The body; nil where it is too large, which only chunked ones do not say beforehand.
    private static func body(of request: HTTPRequest) async throws -> Data? {
        var body = Data()
        for try await part in request.bodySequence {
            body.append(part)
            if body.count > RequestGuard.largestBody { return nil }
        }
        return body
    }

    private func shaped(_ response: Response, closes: Bool = false) -> HTTPResponse {
        let status = HTTPStatusCode(response.status, phrase: response.status < 400 ? "OK" : "Refused")
        var headers = HTTPHeaders()
        headers[.contentType] = response.type
        headers[.cacheControl] = "no-store"
        for (name, value) in Self.standing { headers[HTTPHeader(name)] = value }
        headers[HTTPHeader("Content-Security-Policy")] = response.policy ?? Self.policy
        if closes { headers[.connection] = "close" }
        switch response.content {
        case .data(let data):
            return HTTPResponse(
                statusCode: status, headers: headers,
                body: HTTPBodySequence(data: data, suggestedBufferSize: 1 << 18))
        case .events(let stream):
            events.withLock { $0[ObjectIdentifier(stream)] = stream }
            return HTTPResponse(
                statusCode: status, headers: headers, body: HTTPBodySequence(from: stream.listen()))
        }
    }

    /// Scripts, styles and data come from this server and from nowhere else; pictures may also be made by the page.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

    private static let standing = [
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
