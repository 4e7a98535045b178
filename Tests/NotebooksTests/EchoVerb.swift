import Foundation
import Notebooks
import Schema
import Synchronization

/// A verb for tests: its value is a number of its body, and it counts how often it ran.
struct EchoVerb: CellVerb {
    let name = "echo"
    let version = 1
    let runs = RunCounter()

    private static let value = Key<Double>.number("value", .any, "What it says.")
    private static let file = Key<String>.text("file", "What it reads.").optional()
    private static let fails = Key<Bool>.flag("fails", default: false, "Whether it fails.")

    var schema: TableSchema { TableSchema("Says a number.", [Self.value, Self.file, Self.fails]) }

    func inputs(_ body: CellBody) throws -> [String] { try body.existingFile("file").map { [$0] } ?? [] }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        runs.add(context.folder)
        if body[Self.fails] { throw EchoFailure() }
        let path = context.folder + "/echo.txt"
        try Data("\(body[Self.value])".utf8).write(to: URL(fileURLWithPath: path))
        return CellResult(
            values: [
                NamedValue("value", .number(body[Self.value])),
                NamedValue("clock", .number(body[Self.value] + Double(runs.count)), isVolatile: true),
            ], files: ["file": path])
    }
}

struct EchoFailure: Error, CustomStringConvertible {
    var description: String { "as asked" }
}

/// Counts across copies and threads.
final class RunCounter: Sendable {
    private let folders = Mutex<[String]>([])
    var count: Int { folders.withLock { $0.count } }
    func add(_ folder: String) { folders.withLock { $0.append(folder) } }
}

/// A folder with a notebook that lives as long as one test.
final class Desk {
    let path: String
    let echo = EchoVerb()
    var environment = NotebookEnvironment(tool: "1", build: "a")

    init() throws {
        path = NSTemporaryDirectory() + "hugoniot-notebook-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var verbs: CellVerbs { CellVerbs([echo]) }
    var store: Store { Store(folder: path + "/store") }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// A notebook with a title and this text.
    func notebook(_ text: String, front: String = "") throws -> Notebook {
        try NotebookReader.read(
            text: "+++\ntitle = \"Test\"\n\(front)+++\n\n\(text)", path: path + "/test.md", verbs: verbs)
    }

    func run(_ notebook: Notebook, _ options: NotebookRunner.Options = .init()) throws -> NotebookRun {
        try NotebookRunner(notebook, verbs: verbs, store: store, environment: environment, options: options)
            .run()
    }

    func run(_ text: String, _ options: NotebookRunner.Options = .init()) throws -> NotebookRun {
        try run(try notebook(text), options)
    }

    func keys(_ notebook: Notebook) throws -> [String: CellKey] {
        try KeyMaker.keys(of: notebook, verbs: verbs, environment: environment)
    }

    func page(_ notebook: Notebook) throws -> NotebookPage {
        let views = CellView.views(
            of: notebook, keys: try keys(notebook), store: store, environment: environment, lock: LockFile())
        return NotebookPage(notebook, views: views, footer: PageFooter(tool: "1", accepted: []))
    }
}

/// The text of a cell that says a number.
func cell(_ id: String, _ value: String, _ attributes: String = "", more: String = "") -> String {
    "```echo id=\(id) \(attributes)\nvalue = \(value)\n\(more)```\n\n"
}
