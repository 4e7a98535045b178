/// Why foreign data cannot become a dataset: which file, what is wrong, how to mend it.
public struct ImportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// What is wrong.
    public var message: String
    /// How to mend it, where that is known.
    public var advice: String?

    /// An error.
    public init(_ file: String, _ message: String, advice: String? = nil) {
        self.file = file
        self.message = message
        self.advice = advice
    }

    /// File and message on one line, the advice below.
    public var description: String { "\(file): \(message)" + (advice.map { "\n  help: \($0)" } ?? "") }
}
