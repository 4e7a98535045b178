import Flow
import Geometry
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
            if Self.isShape(try Document(path: path)) {
                _ = try ShapeFile.read(path: path)
                return .init(path: path, problems: [])
            }
            let file = try CaseReader.read(path: path)
            let problems = ResultRegistry.diagnostics(for: file, path: path) + bodies(file.flowCase, path)
            return .init(path: path, problems: problems.map(ValidateReport.Problem.init))
        } catch {
            return .init(path: path, problems: error.diagnostics.map(ValidateReport.Problem.init))
        }
    }
}

extension ValidateVerb {
    /// What is wrong with bodies on the grid of the case.
    private func bodies(_ flowCase: FlowCase, _ path: String) -> [Diagnostic] {
        do throws(BodyProblem) {
            try BodyCheck.check(flowCase)
            return []
        } catch {
            return [
                Diagnostic(at: Place(file: path), key: "body", message: error.description, hint: error.advice)
            ]
        }
    }

    /// A shape file has a shape or bodies, and nothing for them to stand in.
    fileprivate static func isShape(_ document: Document) -> Bool {
        let has = { document.root[$0] != nil }
        return (has("shape") || has("body"))
            && !["domain", "initial", "time", "boundaries"].contains(where: has)
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
