/// What one address answers. Addresses are compared letter for letter: nothing is decoded, shortened or looked up in
/// a file system, so that no address leads out of the table.
public struct Route: Sendable {
    /// What the request does.
    public let method: Request.Method
    /// The path under the server's address, without a slash at its start; empty for the page itself.
    public let path: String
    let handler: @Sendable (Request) async throws -> Response

    /// A route. What the handler throws becomes an answer with the status 500 and the error's text.
    public init(
        _ method: Request.Method, _ path: String,
        handler: @escaping @Sendable (Request) async throws -> Response
    ) {
        (self.method, self.path, self.handler) = (method, path, handler)
    }

    /// A route that only tells something.
    public init(_ path: String, handler: @escaping @Sendable (Request) async throws -> Response) {
        self.init(.get, path, handler: handler)
    }

    /// The answer to a request that passed the guard. Throws what the handler throws.
    public func answer(to request: Request) async throws -> Response { try await handler(request) }
}
