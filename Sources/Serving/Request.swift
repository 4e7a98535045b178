import Foundation

/// A request that passed the guard: it came from a page of this server, or from a program that knows its address.
public struct Request: Sendable {
    /// The method, in capital letters.
    public let method: Method
    /// The path under the server's address, without a slash at its start, exactly as it was sent.
    public let path: String
    /// The parts of the query, decoded; of a name that occurs twice the last one counts.
    public let query: [String: String]
    /// The body; empty where there is none.
    public let body: Data

    /// A request, as tests make one.
    public init(_ method: Method = .get, path: String, query: [String: String] = [:], body: Data = Data()) {
        (self.method, self.path, self.query, self.body) = (method, path, query, body)
    }

    /// What a route may be asked for with.
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
    }
}
