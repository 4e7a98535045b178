import ArgumentParser
import Pipeline

struct Notebook: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run, check and render notebooks: Markdown with cells.",
        discussion: """
            Example:
              hugoniot notebook new study.md
              hugoniot notebook run study.md
              hugoniot notebook render study.md

            Exit codes of check: 0 as accepted, 3 drift, 4 stale, 5 broken, 6 over budget.
            """,
        subcommands: [
            NotebookRunCommand.self, NotebookCheckCommand.self, NotebookAcceptCommand.self,
            NotebookRenderCommand.self, NotebookServeCommand.self, NotebookGraphCommand.self,
            NotebookWhyCommand.self,
            NotebookNewCommand.self, NotebookFormatCommand.self, NotebookCleanCommand.self,
        ])
}
