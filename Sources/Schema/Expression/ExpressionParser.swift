/// Recursive descent over the tokens of an expression; the output is the folded postfix program.
struct ExpressionParser {
    /// Names with a value in every expression.
    static let knownConstants: [String: Double] = [
        "pi": .pi, "e": 2.718281828459045, "true": 1, "false": 0,
    ]
    /// Deeper nesting than any person writes; keeps hostile input from exhausting the call stack.
    private static let deepestNesting = 100

    private let tokens: [ExpressionToken]
    private let variables: [String]
    private let constants: [String: Double]
    private var position = 0
    private var nesting = 0
    private var program: [ExpressionInstruction] = []

    init(_ text: String, variables: [String], constants: [String: Double]) throws(ExpressionError) {
        var lexer = ExpressionLexer(text)
        tokens = try lexer.tokens()
        self.variables = variables
        self.constants = constants
    }

    /// The program of the whole text.
    mutating func parse() throws(ExpressionError) -> [ExpressionInstruction] {
        try choice()
        switch current.kind {
        case .end: return program
        case .name, .number, .symbol("("):
            throw unexpected("an operator", hint: "multiplication is written *")
        default: throw unexpected("an operator or the end of the expression")
        }
    }

    // MARK: Levels, loosest first

    private mutating func choice() throws(ExpressionError) {
        try enter()
        defer { nesting -= 1 }
        try disjunction()
        guard accept("?") else { return }
        try choice()
        try expect(":")
        try choice()
        program.appendFolding(.select)
    }

    private mutating func disjunction() throws(ExpressionError) {
        try conjunction()
        while accept("||") {
            try conjunction()
            program.appendFolding(.binary(.or))
        }
    }

    private mutating func conjunction() throws(ExpressionError) {
        try negation()
        while accept("&&") {
            try negation()
            program.appendFolding(.binary(.and))
        }
    }

    private mutating func negation() throws(ExpressionError) {
        guard accept("not") else { return try comparison() }
        try enter()
        defer { nesting -= 1 }
        try negation()
        program.appendFolding(.unary(.not))
    }

    private static let comparisons: [String: BinaryOperation] = [
        "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "==": .equal, "!=": .notEqual,
    ]

    private mutating func comparison() throws(ExpressionError) {
        try sum()
        guard case .symbol(let symbol) = current.kind, let operation = Self.comparisons[symbol] else {
            return
        }
        position += 1
        try sum()
        program.appendFolding(.binary(operation))
        if case .symbol(let next) = current.kind, Self.comparisons[next] != nil {
            throw ExpressionError(
                column: current.column, message: "comparisons do not chain",
                hint: "write a < b && b < c")
        }
    }

    private mutating func sum() throws(ExpressionError) {
        try product()
        while true {
            let operation: BinaryOperation
            if accept("+") { operation = .add } else if accept("-") { operation = .subtract } else { return }
            try product()
            program.appendFolding(.binary(operation))
        }
    }

    private mutating func product() throws(ExpressionError) {
        try signed()
        while true {
            let operation: BinaryOperation
            if accept("*") {
                operation = .multiply
            } else if accept("/") {
                operation = .divide
            } else {
                return
            }
            try signed()
            program.appendFolding(.binary(operation))
        }
    }

    private mutating func signed() throws(ExpressionError) {
        try enter()
        defer { nesting -= 1 }
        if accept("-") {
            try signed()
            program.appendFolding(.unary(.negate))
        } else if accept("!") {
            try signed()
            program.appendFolding(.unary(.not))
        } else if accept("+") {
            try signed()
        } else {
            try power()
        }
    }

    private mutating func power() throws(ExpressionError) {
        try primary()
        guard accept("^") else { return }
        try signed()
        program.appendFolding(.binary(.power))
    }

    private mutating func primary() throws(ExpressionError) {
        let token = current
        switch token.kind {
        case .number(let value):
            position += 1
            program.append(.constant(value))
        case .name(let name):
            position += 1
            if accept("(") { try call(name, at: token.column) } else { try value(of: name, at: token.column) }
        case .symbol("("):
            position += 1
            try choice()
            try expect(")")
        default:
            throw unexpected("a number, a name or \"(\"")
        }
    }

    private mutating func value(of name: String, at column: Int) throws(ExpressionError) {
        if let index = variables.firstIndex(of: name) {
            program.append(.variable(index))
        } else if let value = constants[name] ?? Self.knownConstants[name] {
            program.append(.constant(value))
        } else {
            throw unknown(name, at: column)
        }
    }

    private mutating func call(_ name: String, at column: Int) throws(ExpressionError) {
        guard let function = ExpressionFunction.named[name] else { throw unknown(name, at: column) }
        var count = 0
        if !accept(")") {
            repeat {
                try choice()
                count += 1
            } while accept(",")
            try expect(")")
        }
        let allowed = function.argumentCounts
        guard allowed.contains(count) else {
            let words = allowed.count == 1 ? "\(allowed.lowerBound)" : "at least \(allowed.lowerBound)"
            throw ExpressionError(
                column: column,
                message: "\(name)() takes \(words) argument\(words == "1" ? "" : "s"), not \(count)")
        }
        for instruction in function.instructions(argumentCount: count) { program.appendFolding(instruction) }
    }
}

// MARK: Tokens and messages

extension ExpressionParser {
    private var current: ExpressionToken { tokens[position] }

    private mutating func accept(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard accept(symbol) else { throw unexpected("\"\(symbol)\"") }
    }

    private mutating func enter() throws(ExpressionError) {
        nesting += 1
        guard nesting <= 2 * Self.deepestNesting else {
            throw ExpressionError(
                column: current.column, message: "nested deeper than \(Self.deepestNesting) levels")
        }
    }

    private func unexpected(_ expected: String, hint: String? = nil) -> ExpressionError {
        ExpressionError(
            column: current.column, message: "expected \(expected), found \(current.description)", hint: hint)
    }

    private func unknown(_ name: String, at column: Int) -> ExpressionError {
        let values = variables + constants.keys.sorted() + ["pi", "e"]
        if ExpressionFunction.named[name] != nil {
            return ExpressionError(
                column: column, message: "\(name) is a function", hint: "write \(name)(…)")
        }
        let guess = Spelling.closest(to: name, among: values + Expression.functionNames)
        let known = "known here: \(values.joined(separator: ", ")) and the functions"
        return ExpressionError(
            column: column, message: "unknown name \"\(name)\"",
            hint: guess.map { "did you mean \"\($0)\"?" } ?? known)
    }
}
