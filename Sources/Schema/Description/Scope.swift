/// What the values of a file may refer to: its named constants and the dimension of its domain.
public struct Scope: Sendable {
    /// Named numbers.
    public var constants: [String: Double]
    /// How many entries an array with one per dimension has; nil where that is not known.
    public var dimension: Int?

    static let mostConstants = 1000

    /// A scope, by default an empty one.
    public init(constants: [String: Double] = [:], dimension: Int? = nil) {
        self.constants = constants
        self.dimension = dimension
    }

    /// A number, or the value of an expression in the constants.
    ///
    /// - Returns: nil where the node is of another type.
    /// - Throws: ``ExpressionError`` where a string is no such expression.
    func number(_ node: Node) throws(ExpressionError) -> Double? {
        try expression(node, variables: [])?.constantValue
    }

    /// A number or an expression; nil where the node is of another type.
    func expression(_ node: Node, variables: [String]) throws(ExpressionError) -> Expression? {
        switch node.value {
        case .integer(let value): Expression(constant: Double(value))
        case .number(let value): Expression(constant: value)
        case .string(let text): try Expression(text, variables: variables, constants: constants)
        default: nil
        }
    }

    /// An integer, or an expression in the constants whose value is whole.
    func integer(_ node: Node) throws(ExpressionError) -> Int? {
        switch node.value {
        case .integer(let value): value
        case .string: try number(node).flatMap { Int(exactly: $0) }
        default: nil
        }
    }
}

extension Scope {
    /// Reads the table of named constants; each may be an expression in those above it.
    ///
    /// - Parameters:
    ///   - table: The table, or nil where the file has none.
    ///   - variables: Names that constants cannot have because expressions use them.
    ///   - diagnostics: Receives what is wrong.
    public mutating func readConstants(
        _ table: Node?, variables: [String], diagnostics: inout [Diagnostic]
    ) {
        let taken = Set(variables + Expression.reservedNames)
        // Each may name all others: more of them than people write would take a time that grows with the square.
        if let table, table.entries.count > Self.mostConstants {
            return diagnostics.append(
                Diagnostic(
                    at: table.keyPlace, key: "constants", message: "has \(table.entries.count) entries",
                    allowed: "at most \(Self.mostConstants)"))
        }
        for entry in table?.entries ?? [] {
            let key = dotted(["constants", entry.key])
            guard !taken.contains(entry.key), isName(entry.key) else {
                diagnostics.append(
                    Diagnostic(
                        at: entry.node.keyPlace, key: key,
                        message: "is not available as the name of a constant",
                        allowed: "letters, digits and _, but no function, variable or known constant"))
                continue
            }
            // A constant that is wrong stays known, to spare the expressions that use it a second message.
            constants[entry.key] = constant(entry.node, key: key, &diagnostics) ?? 1
        }
    }

    private func constant(_ node: Node, key: String, _ diagnostics: inout [Diagnostic]) -> Double? {
        do throws(ExpressionError) {
            guard let value = try number(node), value.isFinite else {
                let message = "expected a finite number or an expression, found \(node.description)"
                diagnostics.append(Diagnostic(at: node.valuePlace, key: key, message: message))
                return nil
            }
            return value
        } catch {
            diagnostics.append(Diagnostic(expression: error, in: node, key: key))
            return nil
        }
    }

    private func isName(_ text: String) -> Bool {
        guard let first = text.first, first.isLetter || first == "_" else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}

extension Diagnostic {
    /// A mistake within an expression, placed at its column where the text shows it.
    init(expression error: ExpressionError, in node: Node, key: String) {
        var place = node.contentPlace ?? node.valuePlace
        if node.contentPlace != nil, let column = place.column { place.column = column + error.column - 1 }
        var message = error.message
        if case .string(let text) = node.value, !text.isEmpty {
            message += " at column \(error.column) of \"\(text)\""
        }
        self.init(at: place, key: key, message: message, hint: error.hint)
    }
}
