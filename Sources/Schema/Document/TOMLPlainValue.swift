/// Numbers, dates and the two words.
extension TOMLText {
    /// Anything but a string, an array or a table.
    mutating func readPlainValue() throws(InvalidInput) -> Node.Value {
        let before = self
        var word = readWord()
        guard !word.isEmpty else { throw before.failure("a value is missing") }
        if word == "true" || word == "false" { return .boolean(word == "true") }
        // A date and a time may have a space between them.
        if Self.isDate(word), current == UInt8(ascii: " "), let next = peek(1), (0x30...0x39).contains(next) {
            advance()
            word += " " + readWord()
        }
        if Self.isDateOrTime(word) { return .date(word) }
        if let value = Self.number(word) {
            if case .number(let number) = value, number.isInfinite, !word.hasSuffix("inf") {
                throw before.mistake("the number \(word) is too large for 64 bits")
            }
            return value
        }
        if Self.isInteger(word) { throw before.mistake("the integer \(word) is too large for 64 bits") }
        throw before.mistake(
            "\(word.prefix(40)) is no value: text stands in quotes, numbers are like 1, -2.5 and 1e-3")
    }

    // MARK: Numbers

    private static func number(_ word: String) -> Node.Value? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
            let digits = word.dropFirst(2)
            let isSound = digits.allSatisfy { $0 == "_" || $0.isHexDigit } && hasSoundLines(digits)
            return isSound ? Int(digits.filter { $0 != "_" }, radix: radix).map { .integer($0) } : nil
        }
        if isInteger(word) { return Int(word.filter { $0 != "_" }).map { .integer($0) } }
        let unsigned = word.first == "+" || word.first == "-" ? word.dropFirst() : word[...]
        if unsigned == "inf" { return .number(word.first == "-" ? -.infinity : .infinity) }
        if unsigned == "nan" { return .number(.nan) }
        let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard isInteger(String(mantissa[0])), mantissa.count == 1 || isDigits(mantissa[1]),
            mantissa.count + parts.count > 2
        else { return nil }
        if parts.count > 1 {
            let exponent = parts[1]
            guard isDigits(exponent.first == "+" || exponent.first == "-" ? exponent.dropFirst() : exponent)
            else { return nil }
        }
        return Double(word.filter { $0 != "_" }).map { .number($0) }
    }

    /// Decimal digits with a sign perhaps, and no zeros before the others.
    private static func isInteger(_ word: String) -> Bool {
        let digits = word.first == "+" || word.first == "-" ? word.dropFirst() : word[...]
        return isDigits(digits) && (digits.count == 1 || digits.first != "0")
    }

    private static func isDigits(_ digits: Substring) -> Bool {
        digits.allSatisfy { $0 == "_" || $0.isASCII && $0.isWholeNumber } && hasSoundLines(digits)
    }

    /// Low lines stand between digits only.
    private static func hasSoundLines(_ digits: Substring) -> Bool {
        !digits.isEmpty && digits.first != "_" && digits.last != "_" && !digits.contains("__")
    }

    // MARK: Dates

    private static func isDate(_ word: String) -> Bool {
        guard let numbers = fields(word[...], "-", [4, 2, 2]) else { return false }
        let (year, month) = (numbers[0], numbers[1])
        guard (1...12).contains(month) else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (1...days).contains(numbers[2])
    }

    /// Hours, minutes, seconds, and a fraction of them.
    private static func isTime(_ word: Substring) -> Bool {
        let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let numbers = fields(parts[0], ":", [2, 2, 2]) else { return false }
        let isSound = numbers[0] < 24 && numbers[1] < 60 && numbers[2] <= 60
        return isSound && (parts.count == 1 || isDigits(parts[1]) && !parts[1].contains("_"))
    }

    private static func isDateOrTime(_ word: String) -> Bool {
        if isDate(word) || isTime(word[...]) { return true }
        guard word.utf8.count > 11, isDate(String(word.prefix(10))),
            let mark = word.dropFirst(10).first, "Tt ".contains(mark)
        else { return false }
        let rest = word.dropFirst(11)
        if rest.last == "Z" || rest.last == "z" { return isTime(rest.dropLast()) }
        let offset = rest.suffix(6)
        if let sign = offset.first, sign == "+" || sign == "-",
            let numbers = fields(offset.dropFirst(), ":", [2, 2])
        {
            return numbers[0] < 24 && numbers[1] < 60 && isTime(rest.dropLast(6))
        }
        return isTime(rest)
    }

    /// Numbers of so many digits with marks between them.
    private static func fields(_ text: Substring, _ mark: Character, _ counts: [Int]) -> [Int]? {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.map(\.count) == counts, parts.allSatisfy({ isDigits($0) && !$0.contains("_") }) else {
            return nil
        }
        return parts.compactMap { Int($0) }
    }
}
