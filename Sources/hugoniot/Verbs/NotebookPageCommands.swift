import ArgumentParser
import Pipeline

struct NotebookRenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Make one HTML file that needs nothing besides.",
        discussion: """
            Example:
              hugoniot notebook render Notebooks/first-flow.md --output first-flow.html --strict

            Computes nothing: results come from the store, and stale ones carry a banner.
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The page (default: beside the notebook).", valueName: "page.html"))
    var output: String?

    @Flag(help: "Write nothing where a result is stale or missing (exit code 4).")
    var strict = false

    @Option(help: ArgumentHelp("Where results are kept.", valueName: "folder"))
    var store: String?

    @Flag(help: "Replace an existing page.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            NotebookRenderVerb(
                path: notebook, output: output, store: store, isStrict: strict, overwrite: overwrite))
    }
}

struct NotebookGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Show which cell needs which.",
        discussion: """
            Example:
              hugoniot notebook graph study.md --dot | dot -Tsvg > graph.svg
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Flag(help: "Print the source of a picture for Graphviz.")
    var dot = false

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(NotebookGraphVerb(path: notebook, isDot: dot)) }
}

struct NotebookWhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Tell why a cell is computed anew, or differs from what was accepted.",
        discussion: """
            Example:
              hugoniot notebook why study.md fno
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Argument(help: "The cell.")
    var cell: String

    @Option(help: ArgumentHelp("Where results are kept.", valueName: "folder"))
    var store: String?

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(NotebookWhyVerb(path: notebook, cell: cell, store: store)) }
}

struct NotebookNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a small notebook to begin with.",
        discussion: """
            Example:
              hugoniot notebook new study.md --title "A study"
            """)

    @Argument(help: "The notebook; no existing file is replaced.")
    var notebook: String

    @Option(help: "Its title.")
    var title: String?

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(NotebookNewVerb(path: notebook, title: title)) }
}

struct NotebookFormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Bring front matter, fences and bodies into one form.",
        discussion: """
            Example:
              hugoniot notebook fmt Notebooks --check
            """)

    @Argument(help: "Notebooks, and folders of notebooks.", completion: .file(extensions: ["md"]))
    var notebooks: [String]

    @Flag(help: "Change nothing; exit code 3 where something would change.")
    var check = false

    @OptionGroup var common: CommonOptions

    func run() throws { try common.perform(NotebookFormatVerb(paths: notebooks, isCheck: check)) }
}

struct NotebookCleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Remove results that no notebook asks for any more.",
        discussion: """
            Example:
              hugoniot notebook gc Notebooks --dry-run

            Notebooks beside the named ones, and notebooks of other folders, keep their results.
            """)

    @Argument(help: "Notebooks, and folders of notebooks.", completion: .file(extensions: ["md"]))
    var notebooks: [String]

    @Flag(help: "Count, and remove nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Where results are kept.", valueName: "folder"))
    var store: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(NotebookCleanVerb(paths: notebooks, store: store, isDryRun: dryRun))
    }
}
