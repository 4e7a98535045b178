/// An error as a person reads it: what is wrong, and how to mend it.
public struct ToolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and where; one sentence or, for many problems, one a line.
    public var message: String
    /// How to mend it, where that is known.
    public var advice: String?
    /// The exit status that this error leads to.
    public var status: ExitStatus

    /// An error; bad input unless said otherwise.
    public init(_ message: String, advice: String? = nil, status: ExitStatus = .badInput) {
        self.message = message
        self.advice = advice
        self.status = status
    }

    /// The message, and the advice below it.
    public var description: String { advice.map { "\(message)\n  help: \($0)" } ?? message }
}

/// An error of another module that knows its own advice and status.
public protocol ToolErrorConvertible: Error {
    /// This error as a person reads it.
    var toolError: ToolError { get }
}

extension ToolError {
    /// Any error in the uniform shape. What is not known here counts as a failed run, not as bad input.
    public init(_ error: any Error) {
        switch error {
        case let error as ToolError: self = error
        case let error as any ToolErrorConvertible: self = error.toolError
        default: self.init(String(describing: error), status: .failed)
        }
    }
}
