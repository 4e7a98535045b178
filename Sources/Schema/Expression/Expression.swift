/// An arithmetic expression in named variables, parsed once and evaluated many times.
///
/// Operators, loosest first: `c ? a : b`; `||` `or`; `&&` `and`; `not`; one comparison of `< <= > >= == !=`;
/// `+ -`; `* /`; unary `- + !`; `^` (from the right, so `-2^2` is −4 and `2^3^2` is 512).
/// Truth is a number: a comparison gives 1 or 0, and everything but 0 is true. Both branches of a choice are
/// evaluated, the one not taken is dropped. `pi` and `e` are known; see ``functionNames`` for the functions.
public struct Expression: Sendable, Equatable {
    /// The expression as it was written.
    public let text: String
    /// The names of the variables, in the order in which their values are passed.
    public let variables: [String]
    let program: [ExpressionInstruction]
    let stackDepth: Int

    /// Parses an expression.
    ///
    /// - Parameters:
    ///   - text: The expression, for example `"1 + 0.2*sin(2*pi*x)"`.
    ///   - variables: Names that get their values at evaluation, in this order.
    ///   - constants: Names with a value that is known now.
    /// - Throws: ``ExpressionError`` with the column of the first mistake.
    public init(
        _ text: String, variables: [String] = [], constants: [String: Double] = [:]
    ) throws(ExpressionError) {
        var parser = try ExpressionParser(text, variables: variables, constants: constants)
        let program = try parser.parse()
        self.init(text: text, variables: variables, program: program)
    }

    /// An expression that is one number everywhere.
    public init(constant value: Double) {
        self.init(text: "\(value)", variables: [], program: [.constant(value)])
    }

    private init(text: String, variables: [String], program: [ExpressionInstruction]) {
        self.text = text
        self.variables = variables
        self.program = program
        var depth = 0
        var deepest = 0
        for instruction in program {
            depth += instruction.stackEffect
            deepest = max(deepest, depth)
        }
        stackDepth = deepest
    }

    /// The value, where it depends on no variable.
    public var constantValue: Double? {
        guard program.count == 1, case .constant(let value) = program[0] else { return nil }
        return value
    }

    /// Whether the value depends on no variable.
    public var isConstant: Bool { constantValue != nil }

    /// Whether the variable of this name occurs.
    public func uses(_ variable: String) -> Bool {
        guard let index = variables.firstIndex(of: variable) else { return false }
        return program.contains(.variable(index))
    }

    /// The names of all functions, sorted.
    public static var functionNames: [String] { ExpressionFunction.named.keys.sorted() }

    /// The names that no variable and no constant can take: the functions, `pi`, `e` and the words of logic.
    public static var reservedNames: [String] {
        functionNames + ExpressionParser.knownConstants.keys.sorted() + ["and", "or", "not"]
    }

    /// The value at one point.
    ///
    /// - Parameter values: One value for each of ``variables``, in that order; further values are ignored.
    public func evaluate(_ values: [Double]) -> Double {
        if case .constant(let value) = program[0], program.count == 1 { return value }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: stackDepth) { stack in
            var top = 0
            for instruction in program {
                switch instruction {
                case .constant(let value): stack[top] = value
                case .variable(let index): stack[top] = values[index]
                case .unary(let operation): stack[top - 1] = operation.apply(stack[top - 1])
                case .binary(let operation):
                    stack[top - 2] = operation.apply(stack[top - 2], stack[top - 1])
                case .select: stack[top - 3] = stack[top - 3] != 0 ? stack[top - 2] : stack[top - 1]
                }
                top += instruction.stackEffect
            }
            return stack[0]
        }
    }
}
