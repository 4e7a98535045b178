/// What one address answers; it is asked with GET, and requests have no bodies. Addresses are compared letter for letter:
/// nothing is decoded, shortened or looked up in a file system, so that no address leads out of the table.
public struct Route: Sendable {
    /// The path under the server's address, without a slash at its start; empty for the page itself.
    public let path: String
    private let handler: @Sendable (Request) throws -> Response

    /// A route. What the handler throws becomes an answer with the status 500 and the error's text. Handlers run on
    /// several threads at once.
    public init(_ path: String, handler: @escaping @Sendable (Request) throws -> Response) {
        (self.path, self.handler) = (path, handler)
    }

    /// The answer to a request that passed the guard. Throws what the handler throws.
    public func answer(to request: Request) throws -> Response { try handler(request) }
}
