import Foundation

/// What a route answers.
public struct Response: Sendable {
    /// The status, as HTTP counts: 200 for done.
    public var status: Int
    /// The media type.
    public var type: String
    /// What is sent.
    public var content: Content
    /// What the page may load and run, as a Content-Security-Policy; nil: only what this server serves, and no
    /// script or style within the page itself.
    public var policy: String?

    /// What is sent.
    public enum Content: Sendable {
        /// All of it at once.
        case data(Data)
        /// Events, as they come.
        case events(EventStream)
    }

    /// An answer.
    public init(_ data: Data, type: String, status: Int = 200, policy: String? = nil) {
        (self.content, self.type, self.status, self.policy) = (.data(data), type, status, policy)
    }

    /// A text.
    public static func text(_ text: String, type: String = "text/plain; charset=utf-8", status: Int = 200)
        -> Self
    {
        Response(Data(text.utf8), type: type, status: status)
    }

    /// JSON, encoded already.
    public static func json(_ data: Data, status: Int = 200) -> Self {
        Response(data, type: "application/json", status: status)
    }

    /// Events for an `EventSource` in the page.
    public static func events(_ stream: EventStream) -> Self {
        var response = Response(Data(), type: "text/event-stream")
        response.content = .events(stream)
        return response
    }
}
