/// A request that passed the guard: it came from a page of this server, or from a program that knows its address.
public struct Request: Sendable {
    /// The path under the server's address, without a slash at its start, exactly as it was sent.
    public let path: String
    /// The parts of the query, decoded; of a name that occurs twice the last one counts.
    public let query: [String: String]

    /// A request, as tests make one.
    public init(path: String, query: [String: String] = [:]) { (self.path, self.query) = (path, query) }
}
