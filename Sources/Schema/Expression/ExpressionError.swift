/// What is wrong with an expression, and where.
public struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The column within the expression, from 1, in Unicode scalars.
    public let column: Int
    /// What is wrong, and what was expected.
    public let message: String
    /// How to mend it.
    public let hint: String?

    init(column: Int, message: String, hint: String? = nil) {
        self.column = column
        self.message = message
        self.hint = hint
    }

    /// One line: column, message, hint.
    public var description: String {
        "column \(column): \(message)" + (hint.map { "; \($0)" } ?? "")
    }
}
