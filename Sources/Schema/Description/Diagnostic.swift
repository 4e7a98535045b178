import Foundation

/// One mistake in an input: what, where, what is allowed, how to mend it.
public struct Diagnostic: Sendable, Equatable {
    /// Where it was written.
    public var place: Place
    /// The dotted path of the key; empty where the file as a whole is meant.
    public var key: String
    /// What is wrong.
    public var message: String
    /// What is allowed.
    public var allowed: String?
    /// How to mend it.
    public var hint: String?

    /// A diagnostic at a place.
    public init(
        at place: Place, key: String = "", message: String, allowed: String? = nil, hint: String? = nil
    ) {
        self.place = place
        self.key = key
        self.message = message
        self.allowed = allowed
        self.hint = hint
    }

    /// The file, or the override (`--set gas.gamma=0.5`).
    public var file: String { place.file }
    /// The line, from 1.
    public var line: Int? { place.line }
    /// The column, from 1.
    public var column: Int? { place.column }
}

extension Diagnostic: CustomStringConvertible {
    /// One line, `case.toml:12:3: gas.gama: unknown key; allowed here: …; did you mean "gamma"?`.
    public var description: String {
        var line = "\(place): "
        // An override starts with its own key.
        if !key.isEmpty, !file.hasPrefix("--set \(key)=") { line += "\(key): " }
        line += message
        if let allowed { line += "; allowed here: \(allowed)" }
        if let hint { line += "; \(hint)" }
        return line
    }
}

/// Everything that is wrong with an input, in the order of the text.
public struct InvalidInput: Error, Sendable, Equatable {
    /// Nobody reads more mistakes than this at once; who finds them may stop there.
    public static let mostShown = 100

    /// At least one.
    public let diagnostics: [Diagnostic]

    /// Sorts the diagnostics by their places: overrides first, then the file from its start.
    public init(_ diagnostics: [Diagnostic]) {
        let rank = { (entry: (offset: Int, element: Diagnostic)) in
            (entry.element.line ?? 0, entry.element.column ?? 0, entry.offset)
        }
        self.diagnostics = diagnostics.enumerated().sorted { rank($0) < rank($1) }.map(\.element)
    }

    /// One mistake.
    public init(_ diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }
}

extension InvalidInput: CustomStringConvertible, LocalizedError {
    /// One line for each diagnostic, up to ``mostShown`` of them.
    public var description: String {
        let shown = diagnostics.prefix(Self.mostShown).map(\.description)
        let rest = diagnostics.count - shown.count
        return (shown + (rest > 0 ? ["and \(rest) more mistakes"] : [])).joined(separator: "\n")
    }
    /// The same text.
    public var errorDescription: String? { description }
}
