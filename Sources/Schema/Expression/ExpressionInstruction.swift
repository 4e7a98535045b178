/// One step of a compiled expression: a stack program in postfix order.
enum ExpressionInstruction: Sendable, Equatable {
    case constant(Double)
    case variable(Int)
    case unary(UnaryOperation)
    case binary(BinaryOperation)
    /// Condition, value where true, value where false.
    case select

    /// How much the stack grows.
    var stackEffect: Int {
        switch self {
        case .constant, .variable: 1
        case .unary: 0
        case .binary: -1
        case .select: -2
        }
    }
}

extension [ExpressionInstruction] {
    /// Appends an operation, or its result where all operands are constants. An operand is a constant exactly
    /// where its whole code is one constant, so that looking at the last instructions is enough.
    mutating func appendFolding(_ instruction: ExpressionInstruction) {
        switch (instruction, last, dropLast().last, dropLast(2).last) {
        case (.unary(let operation), .constant(let value), _, _):
            replaceLast(1, with: operation.apply(value))
        case (.binary(let operation), .constant(let right), .constant(let left), _):
            replaceLast(2, with: operation.apply(left, right))
        case (.select, .constant(let otherwise), .constant(let value), .constant(let condition)):
            replaceLast(3, with: condition != 0 ? value : otherwise)
        default:
            append(instruction)
        }
    }

    private mutating func replaceLast(_ count: Int, with value: Double) {
        removeLast(count)
        append(.constant(value))
    }
}
