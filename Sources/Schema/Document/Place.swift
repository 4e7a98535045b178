/// Where something was written: a position in a file, or an override of the command line.
public struct Place: Sendable, Equatable {
    /// The file, or the override as it was given (`--set gas.gamma=0.5`).
    public var file: String
    /// From 1; nil where there is no text to point at.
    public var line: Int?
    /// From 1, in Unicode scalars.
    public var column: Int?

    /// A place, by default without a position.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Place: CustomStringConvertible {
    /// `file:line:column`, as far as known.
    public var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
    }
}
