/// Swift source without comments and the contents of literals; lines stay where they are.
enum SwiftCode {
    static func stripped(_ text: String) -> String {
        var scanner = Scanner(rest: Substring(text))
        return scanner.strip()
    }

    private struct Scanner {
        var rest: Substring
        var result = ""

        mutating func strip() -> String {
            while let character = rest.first {
                if rest.hasPrefix("//") {
                    rest = rest.drop { !$0.isNewline }
                } else if rest.hasPrefix("/*") {
                    skipComment()
                } else if character == "\"" || isRawString {
                    skipString()
                } else {
                    result.append(character)
                    rest.removeFirst()
                }
            }
            return result
        }

        private var isRawString: Bool {
            rest.first == "#" && rest.drop { $0 == "#" }.first == "\""
        }

        private mutating func skipComment() {
            var depth = 0
            while !rest.isEmpty {
                if rest.hasPrefix("/*") {
                    depth += 1
                    rest.removeFirst(2)
                } else if rest.hasPrefix("*/") {
                    depth -= 1
                    rest.removeFirst(2)
                    if depth == 0 { return }
                } else {
                    keepNewline()
                }
            }
        }

        private mutating func skipString() {
            let hashes = String(repeating: "#", count: rest.prefix { $0 == "#" }.count)
            rest.removeFirst(hashes.count)
            let quotes = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
            rest.removeFirst(quotes.count)
            let end = quotes + hashes
            result += "\"\""
            while !rest.isEmpty {
                if rest.hasPrefix(end) {
                    rest.removeFirst(end.count)
                    return
                }
                if rest.hasPrefix("\\" + hashes) { rest.removeFirst(1 + hashes.count) }
                keepNewline()
            }
        }

        /// Passes over one character.
        private mutating func keepNewline() {
            if let character = rest.popFirst(), character.isNewline { result.append(character) }
        }
    }
}
