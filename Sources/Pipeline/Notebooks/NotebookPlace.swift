import Archive
import Foundation
import Notebooks
import Schema

/// A notebook with all that running it takes.
struct NotebookPlace {
    let notebook: Notebook
    let store: Store
    let lock: LockFile

    /// Reads a notebook and its lock file. Throws `InvalidInput` with everything that is wrong.
    init(_ path: String, store: String?) throws {
        notebook = try NotebookReader.read(path: path, verbs: NotebookVerbs.all)
        self.store = Store(folder: store ?? Store.standardFolder(of: path))
        lock = try LockFile.read(notebook.lockPath)
    }

    /// The keys of all cells. Throws `InvalidInput` where files are missing.
    func keys() throws -> [String: CellKey] {
        try KeyMaker.keys(of: notebook, verbs: NotebookVerbs.all, environment: ToolBuild.environment)
    }

    /// Runs the notebook, and listens to Ctrl-C meanwhile.
    func run(_ options: NotebookRunner.Options, on console: Console) throws -> NotebookRun {
        for id in options.cells where notebook.cell(id) == nil { throw unknown(id) }
        Interruption.listen()
        defer { Interruption.stopListening() }
        let runner = NotebookRunner(
            notebook, verbs: NotebookVerbs.all, store: store, environment: ToolBuild.environment,
            options: options, isInterrupted: { Interruption.requested != nil },
            describe: { ToolError($0).description }, tell: { Self.tell($0, on: console) })
        return try runner.run()
    }

    /// The error of a cell that is not there.
    func unknown(_ id: String) -> ToolError {
        let ids = notebook.cells.map(\.id)
        return ToolError(
            "\(notebook.path) has no cell \"\(id)\"; it has \(ids.joined(separator: ", "))",
            advice: nearestWord(to: id, among: ids).map { "did you mean \"\($0)\"?" })
    }

    private static func tell(_ event: CellEvent, on console: Console) {
        switch event {
        case .started(let cell):
            if console.errors.isInteractive { console.note("\(cell.verb) \(cell.id) …") }
        case .settled(let cell, let outcome):
            let seconds = outcome.seconds.map { " in \(ProgressText.duration($0))" } ?? ""
            console.note(
                "\(cell.verb) \(cell.id): \(outcome.word)\(outcome.word == "computed" ? seconds : "")")
        case .note(let cell, let text): console.note("\(cell.id): \(text)")
        }
    }

    /// Notebooks, and all notebooks of folders: Markdown files that begin with front matter.
    ///
    /// - Throws: `ToolError` where a folder has none.
    static func files(_ paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
            else { return [path] }
            let found = siblings(in: path)
            guard !found.isEmpty else { throw ToolError("the folder \(path) has no notebooks") }
            return found
        }
    }

    /// The notebooks of a folder.
    static func siblings(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map {
            (folder as NSString).appendingPathComponent($0)
        }
        .filter { path in
            guard let file = FileHandle(forReadingAtPath: path) else { return false }
            defer { try? file.close() }
            return (try? file.read(upToCount: 3)) == Data("+++".utf8)
        }
    }
}

/// This program, as results remember it.
enum ToolBuild {
    /// The digest of the program file, so that no result of another build is taken for one of this.
    static let environment: NotebookEnvironment = {
        let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let digest = (try? Fingerprint.sha256(ofFile: path)) ?? ToolVersion.current
        return NotebookEnvironment(tool: ToolVersion.current, build: digest)
    }()
}
