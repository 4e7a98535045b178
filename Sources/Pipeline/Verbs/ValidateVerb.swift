import Schema

/// Checks files without running anything.
public struct ValidateVerb: Verb {
    /// The files to check.
    public var paths: [String]

    /// Files to check.
    public init(paths: [String]) { self.paths = paths }

    /// Reads every file, and collects every problem of every file.
    public func perform(on console: Console) throws -> ValidateReport {
        ValidateReport(files: paths.map(check))
    }

    private func check(_ path: String) -> ValidateReport.File {
        do throws(InvalidInput) {
            let kind = path.hasSuffix(".md") ? InputKind.notebook : try InputKind(Document(path: path))
            let problems = try kind.problems(path: path)
            return .init(path: path, problems: problems.map(ValidateReport.Problem.init))
        } catch {
            return .init(path: path, problems: error.diagnostics.map(ValidateReport.Problem.init))
        }
    }
}

/// What was found in the files.
public struct ValidateReport: VerbReport {
    /// One mistake: where, what, what is allowed, how to mend it.
    public struct Problem: Sendable, Encodable, Equatable {
        /// From 1; nil where the file as a whole is meant.
        public var line: Int?
        /// From 1.
        public var column: Int?
        /// The dotted path of the key; empty where the file as a whole is meant.
        public var key: String
        /// What is wrong.
        public var message: String
        /// What is allowed.
        public var allowed: String?
        /// How to mend it.
        public var hint: String?
        /// All of it in one line, file and place first.
        public var text: String

        init(_ diagnostic: Diagnostic) {
            line = diagnostic.line
            column = diagnostic.column
            key = diagnostic.key
            message = diagnostic.message
            allowed = diagnostic.allowed
            hint = diagnostic.hint
            text = diagnostic.description
        }
    }

    /// One file and its problems.
    public struct File: Sendable, Encodable, Equatable {
        /// The file.
        public var path: String
        /// Empty where the file is good.
        public var problems: [Problem]
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
                : file.problems.map { "\(terminal.styled("error:", .bad)) \($0.text)" }
        }.joined(separator: "\n")
    }
}
