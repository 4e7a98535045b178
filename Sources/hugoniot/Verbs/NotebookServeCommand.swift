import ArgumentParser
import Notebooks
import Pipeline

struct NotebookServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Show a notebook in a browser while it is written.",
        discussion: """
            Example:
              hugoniot notebook serve study.md

            Whenever the file is saved, cells that changed are computed and the page follows, staying where it is. The page is
            served at this machine only.
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Flag(help: "Compute nothing: show what the store has.")
    var noRun = false

    @Option(help: "Cells that run at the same time.")
    var jobs = 1

    @Option(help: ArgumentHelp("Where results are kept.", valueName: "folder"))
    var store: String?

    @Option(help: "Where the page is served, 0 for any free port.")
    var port: UInt16 = 0

    @Flag(help: "Open no browser.")
    var noOpen = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs is \(jobs); it has to be at least 1") }
    }

    func run() throws {
        var options = NotebookRunner.Options()
        options.jobs = jobs
        try common.perform(
            NotebookServeVerb(
                path: notebook, options: options, store: store, computes: !noRun, port: port,
                opensBrowser: !noOpen))
    }
}
