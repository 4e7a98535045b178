import Foundation
import Notebooks

/// Writes a small notebook to begin with.
public struct NotebookNewVerb: Verb {
    /// The notebook.
    public var path: String
    /// Its title; nil: made of the name of the file.
    public var title: String?

    /// A notebook as the command line describes it.
    public init(path: String, title: String? = nil) { (self.path, self.title) = (path, title) }

    /// Writes it; an existing file is never replaced.
    public func perform(on console: Console) throws -> NotebookFileReport {
        guard path.hasSuffix(".md") else {
            throw ToolError(
                "\(path) does not end in .md", advice: "notebooks are Markdown: name it \(path).md")
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ToolError("\(path) exists already", advice: "name another file")
        }
        let stem = path.stem
        let words = stem.replacing("-", with: " ")
        let text = NotebookTemplate.text(title: title ?? words.prefix(1).uppercased() + words.dropFirst())
        try AtomicOutput.write(text, to: path, overwrite: false)
        return NotebookFileReport(files: [path], word: "written")
    }
}

/// Brings notebooks into one form.
public struct NotebookFormatVerb: Verb {
    /// Notebooks, and folders of notebooks.
    public var paths: [String]
    /// Tells which would change, and changes none.
    public var isCheck: Bool

    /// Notebooks to format.
    public init(paths: [String], isCheck: Bool = false) { (self.paths, self.isCheck) = (paths, isCheck) }

    /// Rewrites those that are not in form. Throws where one cannot be read, before any is changed.
    public func perform(on console: Console) throws -> NotebookFileReport {
        let texts = try NotebookPlace.files(paths).map { path in
            (path: path, text: try NotebookFormatter.format(path: path, verbs: NotebookVerbs.all))
        }
        let changed = texts.filter { $0.text.old != $0.text.new }
        if !isCheck {
            for file in changed { try AtomicOutput.write(file.text.new, to: file.path) }
        }
        var report = NotebookFileReport(
            files: changed.map(\.path), word: isCheck ? "not in form" : "formatted")
        if isCheck, !changed.isEmpty { report.status = .drift }
        return report
    }
}

/// Files that were written.
public struct NotebookFileReport: VerbReport {
    /// The files.
    public var files: [String]
    /// What happened to them.
    public var word: String
    /// How it ended.
    public var status = ExitStatus.done

    private enum CodingKeys: String, CodingKey { case files }

    /// A line a file.
    public func text(on terminal: Terminal) -> String {
        files.isEmpty ? "all in form" : files.map { "\(word): \($0)" }.joined(separator: "\n")
    }
}
