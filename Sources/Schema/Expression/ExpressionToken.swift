/// A word of an expression, and the column where it starts.
struct ExpressionToken: Equatable {
    enum Kind: Equatable {
        case number(Double)
        case name(String)
        case symbol(String)
        case end
    }

    var kind: Kind
    var column: Int

    /// The token as a reader of messages knows it.
    var description: String {
        switch kind {
        case .number(let value): "the number \(value)"
        case .name(let name): "\"\(name)\""
        case .symbol(let symbol): "\"\(symbol)\""
        case .end: "the end of the expression"
        }
    }
}

/// Splits the text of an expression into tokens.
struct ExpressionLexer {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    private static let pairs: Set<String> = ["<=", ">=", "==", "!=", "&&", "||"]
    private static let singles: Set<String> = [
        "+", "-", "*", "/", "^", "<", ">", "!", "(", ")", ",", "?", ":",
    ]
    private static let mistakes: [String: String] = [
        "**": "a power is written with ^", "=": "equality is written ==", "&": "and is written && or and",
        "|": "or is written || or or", "%": "the remainder is written mod(a, b)",
    ]
    private static let words = ["and": "&&", "or": "||", "not": "not"]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// All tokens; the last one is the end.
    mutating func tokens() throws(ExpressionError) -> [ExpressionToken] {
        var tokens: [ExpressionToken] = []
        while true {
            while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
            let column = position + 1
            guard position < scalars.count else { return tokens + [.init(kind: .end, column: column)] }
            tokens.append(.init(kind: try kind(), column: column))
        }
    }

    private mutating func kind() throws(ExpressionError) -> ExpressionToken.Kind {
        let first = scalars[position]
        if isDigit(first) || (first == "." && position + 1 < scalars.count && isDigit(scalars[position + 1]))
        {
            return .number(try number())
        }
        if first == "_" || first.properties.isAlphabetic { return name() }
        return .symbol(try symbol())
    }

    private mutating func number() throws(ExpressionError) -> Double {
        let start = position
        skipDigits()
        if position < scalars.count, scalars[position] == "." {
            position += 1
            skipDigits()
        }
        skipExponent()
        let text = String(String.UnicodeScalarView(scalars[start..<position]))
        guard let value = Double(text.hasSuffix(".") ? text + "0" : text) else {
            throw ExpressionError(column: start + 1, message: "\"\(text)\" is not a number")
        }
        return value
    }

    private mutating func skipDigits() {
        while position < scalars.count, isDigit(scalars[position]) { position += 1 }
    }

    /// An `e` without digits behind it is the start of a name, not of an exponent.
    private mutating func skipExponent() {
        guard position < scalars.count, scalars[position] == "e" || scalars[position] == "E" else { return }
        var ahead = position + 1
        if ahead < scalars.count, scalars[ahead] == "+" || scalars[ahead] == "-" { ahead += 1 }
        guard ahead < scalars.count, isDigit(scalars[ahead]) else { return }
        position = ahead
        skipDigits()
    }

    private mutating func name() -> ExpressionToken.Kind {
        let start = position
        while position < scalars.count,
            scalars[position] == "_" || scalars[position].properties.isAlphabetic
                || isDigit(scalars[position])
        { position += 1 }
        let name = String(String.UnicodeScalarView(scalars[start..<position]))
        return Self.words[name].map { .symbol($0) } ?? .name(name)
    }

    private mutating func symbol() throws(ExpressionError) -> String {
        let one = String(scalars[position])
        let two = position + 1 < scalars.count ? one + String(scalars[position + 1]) : one
        if Self.pairs.contains(two) {
            position += 2
            return two
        }
        if let hint = Self.mistakes[two] ?? Self.mistakes[one] {
            throw ExpressionError(column: position + 1, message: "unknown operator \"\(one)\"", hint: hint)
        }
        guard Self.singles.contains(one) else {
            throw ExpressionError(column: position + 1, message: "unknown character \"\(one)\"")
        }
        position += 1
        return one
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }
}
