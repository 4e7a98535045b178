import Foundation

/// Operations on one number.
enum UnaryOperation: String, Sendable, CaseIterable {
    case negate, not
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh
    case exp, log, log10, sqrt, abs, floor, ceil, sign, step, erf

    /// The result for one number.
    @inline(__always)
    func apply(_ value: Double) -> Double {
        switch self {
        case .negate: -value
        case .not: value == 0 ? 1 : 0
        case .sin: Foundation.sin(value)
        case .cos: Foundation.cos(value)
        case .tan: Foundation.tan(value)
        case .asin: Foundation.asin(value)
        case .acos: Foundation.acos(value)
        case .atan: Foundation.atan(value)
        case .sinh: Foundation.sinh(value)
        case .cosh: Foundation.cosh(value)
        case .tanh: Foundation.tanh(value)
        case .exp: Foundation.exp(value)
        case .log: Foundation.log(value)
        case .log10: Foundation.log10(value)
        case .sqrt: value.squareRoot()
        case .abs: Swift.abs(value)
        case .floor: value.rounded(.down)
        case .ceil: value.rounded(.up)
        case .sign: value > 0 ? 1 : (value < 0 ? -1 : value)
        case .step: value >= 0 ? 1 : (value < 0 ? 0 : value)
        case .erf: Foundation.erf(value)
        }
    }
}

/// Operations on two numbers.
enum BinaryOperation: String, Sendable, CaseIterable {
    case add, subtract, multiply, divide, power
    case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
    case and, or
    case atan2, min, max, hypot, mod

    /// The result for two numbers.
    @inline(__always)
    func apply(_ left: Double, _ right: Double) -> Double {
        switch self {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .power: right == 2 ? left * left : Foundation.pow(left, right)
        case .less: left < right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .equal: left == right ? 1 : 0
        case .notEqual: left != right ? 1 : 0
        case .and: left != 0 && right != 0 ? 1 : 0
        case .or: left != 0 || right != 0 ? 1 : 0
        case .atan2: Foundation.atan2(left, right)
        case .min: left.isNaN || left < right ? left : right
        case .max: left.isNaN || left > right ? left : right
        case .hypot: Foundation.hypot(left, right)
        case .mod: left - right * (left / right).rounded(.down)
        }
    }
}

/// A function that an expression can call.
enum ExpressionFunction: Sendable {
    case unary(UnaryOperation)
    case binary(BinaryOperation)
    /// Two arguments or more, combined pairwise.
    case variadic(BinaryOperation)
    case choice

    /// Every function by its name.
    static let named: [String: ExpressionFunction] = {
        var table: [String: ExpressionFunction] = [
            "atan2": .binary(.atan2), "pow": .binary(.power), "mod": .binary(.mod),
            "min": .variadic(.min), "max": .variadic(.max), "hypot": .variadic(.hypot), "if": .choice,
        ]
        for operation in UnaryOperation.allCases where operation != .negate && operation != .not {
            table[operation.rawValue] = .unary(operation)
        }
        return table
    }()

    /// How many arguments are allowed.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .unary: 1...1
        case .binary: 2...2
        case .variadic: 2...64
        case .choice: 3...3
        }
    }

    /// The instructions that replace that many values on the stack by the result.
    func instructions(argumentCount: Int) -> [ExpressionInstruction] {
        switch self {
        case .unary(let operation): [.unary(operation)]
        case .binary(let operation): [.binary(operation)]
        case .variadic(let operation): Array(repeating: .binary(operation), count: argumentCount - 1)
        case .choice: [.select]
        }
    }
}
