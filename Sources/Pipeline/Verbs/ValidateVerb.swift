/// Checks files without running anything.
public struct ValidateVerb: Verb {
    /// The files to check.
    public var paths: [String]

    /// Files to check.
    public init(paths: [String]) { self.paths = paths }

    /// Reads every file, and collects every problem of every file.
    public func perform(on console: Console) throws -> ValidateReport { throw notJoined("validate") }
}

/// What was found in the files.
public struct ValidateReport: VerbReport {
    /// One file and its problems, each as "line:column: message".
    public struct File: Sendable, Encodable, Equatable {
        /// The file.
        public var path: String
        /// Empty where the file is good.
        public var problems: [String]

        /// A file and its problems.
        public init(path: String, problems: [String]) {
            self.path = path
            self.problems = problems
        }
    }

    /// In the order of the command line.
    public var files: [File]

    /// Bad input as soon as one file has one problem.
    public var status: ExitStatus { files.allSatisfy(\.problems.isEmpty) ? .done : .badInput }

    /// One line a good file, the problems of the others.
    public func text(on terminal: Terminal) -> String {
        files.flatMap { file in
            file.problems.isEmpty
                ? ["\(terminal.styled("ok", .good)) \(file.path)"]
                : file.problems.map { "\(terminal.styled("error:", .bad)) \($0)" }
        }.joined(separator: "\n")
    }
}
