/// One thing that the machine offers or lacks.
public struct Finding: Sendable, Codable, Equatable {
    /// Whether it is there.
    public enum State: String, Sendable, Codable {
        /// There and usable.
        case ok
        /// Needed or useful, and not there.
        case missing
        /// Not there, and nothing that this release does needs it.
        case absent
    }

    /// What was looked for.
    public var name: String
    /// Whether it is there.
    public var state: State
    /// What was found.
    public var detail: String
    /// How to get it; nil where there is nothing to do.
    public var advice: String?

    init(_ name: String, _ state: State, _ detail: String, advice: String? = nil) {
        self.name = name
        self.state = state
        self.detail = detail
        self.advice = advice
    }
}
