import ArgumentParser
import Notebooks
import Pipeline

extension Tier: ExpressibleByArgument {}

/// What the verbs understand that compute cells.
struct NotebookRunOptions: ParsableArguments {
    @Option(help: "Cells that compute at the same time.")
    var jobs = 1

    @Flag(help: "Take results from the store only; fail where one is missing.")
    var offline = false

    @Flag(help: "Compute even what is in the store.")
    var fresh = false

    @Option(help: ArgumentHelp("Where results are kept.", valueName: "folder"))
    var store: String?

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs is \(jobs); it has to be at least 1") }
        if offline, fresh {
            throw ValidationError("--offline computes nothing, --fresh everything: give one")
        }
    }

    func options(tier: Tier, cells: [String] = []) -> NotebookRunner.Options {
        var options = NotebookRunner.Options()
        options.jobs = jobs
        options.isOffline = offline
        options.isFresh = fresh
        options.tier = tier
        options.cells = cells
        return options
    }
}

struct NotebookRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Compute the cells that are not in the store.",
        discussion: """
            Example:
              hugoniot notebook run Notebooks/first-flow.md --jobs 2

            Ctrl-C is safe: the next run goes on. A cell that fails leaves out only those that need it.
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Option(name: .customLong("cell"), help: "Only this cell and what it needs; may be repeated.")
    var cells: [String] = []

    @Option(help: "With quick, long cells come from the store or are left out.")
    var tier = Tier.long

    @OptionGroup var running: NotebookRunOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            NotebookRunVerb(
                path: notebook, options: running.options(tier: tier, cells: cells), store: running.store))
    }
}

struct NotebookCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compare notebooks with their lock files.",
        discussion: """
            Example:
              hugoniot notebook check Notebooks --tier quick --junit notebooks.xml

            Exit codes: 0 as accepted, 3 drift, 4 stale, 5 broken, 6 over budget; the worst, in the order 5, 3, 4, 6.
            """)

    @Argument(help: "Notebooks, and folders of notebooks.", completion: .file(extensions: ["md"]))
    var notebooks: [String] = ["Notebooks"]

    @Option(help: "With quick, long cells come from the store or are left out.")
    var tier = Tier.long

    @Option(help: ArgumentHelp("Write the result as JUnit's XML.", valueName: "file"))
    var junit: String?

    @OptionGroup var running: NotebookRunOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            NotebookCheckVerb(
                paths: notebooks, options: running.options(tier: tier), store: running.store, junit: junit))
    }
}

struct NotebookAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Compute what is missing, and write the lock file.",
        discussion: """
            Example:
              hugoniot notebook accept Notebooks/first-flow.md && git diff Notebooks/first-flow.lock
            """)

    @Argument(help: "The notebook.", completion: .file(extensions: ["md"]))
    var notebook: String

    @Option(help: "With quick, long cells that are not in the store stay as they were accepted.")
    var tier = Tier.long

    @OptionGroup var running: NotebookRunOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.perform(
            NotebookAcceptVerb(path: notebook, options: running.options(tier: tier), store: running.store))
    }
}
