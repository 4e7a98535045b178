/// A training or prediction that cannot be done as asked.
public struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, and where.
    public let message: String
    /// How to mend it.
    public let advice: String?

    /// An error.
    public init(_ message: String, advice: String? = nil) {
        self.message = message
        self.advice = advice
    }

    /// The message, then the advice.
    public var description: String { advice.map { "\(message); \($0)" } ?? message }
}
