/// An arithmetic expression in named variables, parsed once and evaluated many times.
public struct Expression: Sendable {
    public let text: String
}
