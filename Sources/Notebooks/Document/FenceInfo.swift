import Schema

/// The words of a fence: ```` ```train id=fno needs=data ````.
public struct FenceInfo: Sendable, Equatable {
    /// A word with its place.
    public struct Name: Sendable, Equatable {
        /// The id.
        public var id: String
        /// Where it stands.
        public var place: Place
    }

    /// The first word.
    public var verb: Name
    /// The name of the cell; nil where none is given.
    public var id: Name?
    /// The cells that it needs besides those whose values it reads.
    public var needs: [Name] = []
    /// How long it takes; nil: as the front matter says.
    public var tier: Tier?
    /// Wall seconds that it may take; nil: any.
    public var budget: Double?
    /// How far its numbers may be from the lock file; nil: as the front matter says.
    public var tolerance: Double?

    /// The attributes that a fence may have.
    static let attributes = ["id", "needs", "tier", "budget", "tolerance"]

    /// What the words after the verb say, in the order that `notebook fmt` gives them.
    var normalised: String {
        var words = [verb.id]
        if let id { words.append("id=\(id.id)") }
        if !needs.isEmpty { words.append("needs=" + needs.map(\.id).joined(separator: ",")) }
        if let tier { words.append("tier=\(tier.rawValue)") }
        if let budget { words.append("budget=\(shortest(budget))") }
        if let tolerance { words.append("tolerance=\(shortest(tolerance))") }
        return words.joined(separator: " ")
    }
}

/// Reads the words of a fence.
struct FenceReader {
    let file: String
    let line: Int
    /// The column of the first character of the text.
    let column: Int
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String, line: Int, column: Int) {
        (self.file, self.line, self.column) = (file, line, column)
    }

    /// The words of a text; nil where there are none.
    mutating func read(_ text: String) -> FenceInfo? {
        var words: [(text: String, offset: Int)] = []
        var current = ""
        for (offset, scalar) in (text + " ").unicodeScalars.enumerated() {
            if scalar == " " || scalar == "\t" {
                if !current.isEmpty { words.append((current, offset - current.unicodeScalars.count)) }
                current = ""
            } else {
                current.unicodeScalars.append(scalar)
            }
        }
        guard let first = words.first else { return nil }
        var info = FenceInfo(verb: .init(id: first.text, place: place(first.offset)))
        for word in words.dropFirst() { readAttribute(word.text, at: word.offset, into: &info) }
        return info
    }

    private mutating func readAttribute(_ word: String, at offset: Int, into info: inout FenceInfo) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            let hint = parts.count == 2 ? "give it a value, or leave it out" : "write id=\(word)"
            return report(offset, "\"\(word)\" is not of the form name=value", hint: hint)
        }
        let (name, value) = (parts[0], parts[1])
        let start = offset + name.unicodeScalars.count + 1
        switch name {
        case "id": info.id = readName(value, at: start)
        case "needs":
            var offset = start
            for part in value.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
                if let name = readName(part, at: offset) { info.needs.append(name) }
                offset += part.unicodeScalars.count + 1
            }
        case "tier":
            info.tier = Tier(rawValue: value)
            if info.tier == nil { report(start, "tier \"\(value)\" is not known", allowed: "quick, long") }
        case "budget": info.budget = readNumber(value, name, at: start)
        case "tolerance": info.tolerance = readNumber(value, name, at: start)
        default:
            let guess = Spelling.closest(to: name, among: FenceInfo.attributes)
            report(
                offset, "unknown attribute \"\(name)\"",
                allowed: FenceInfo.attributes.joined(separator: ", "),
                hint: guess.map { "did you mean \"\($0)\"?" })
        }
    }

    private mutating func readName(_ text: String, at offset: Int) -> FenceInfo.Name? {
        guard ValueReference.isName(text) else {
            report(
                offset, "\"\(text)\" is no id", allowed: "letters, digits, - and _, a letter first",
                hint: text.isEmpty ? "remove the comma that is too many" : nil)
            return nil
        }
        return FenceInfo.Name(id: text, place: place(offset))
    }

    private mutating func readNumber(_ text: String, _ name: String, at offset: Int) -> Double? {
        guard let value = Double(text), value.isFinite, value >= 0 else {
            report(offset, "\(name) \"\(text)\" is no number", allowed: "≥ 0")
            return nil
        }
        return value
    }

    private func place(_ offset: Int) -> Place { Place(file: file, line: line, column: column + offset) }

    private mutating func report(
        _ offset: Int, _ message: String, allowed: String? = nil, hint: String? = nil
    ) {
        diagnostics.append(Diagnostic(at: place(offset), message: message, allowed: allowed, hint: hint))
    }
}

/// A number without a needless fraction.
func shortest(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
}
