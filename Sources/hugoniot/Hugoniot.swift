import ArgumentParser
import Pipeline

/// The root of the command line: the list of verbs.
struct Hugoniot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hugoniot",
        abstract: "Computes compressible flows with shocks, from a case file to an HDF5 run file.",
        discussion: """
            Example:
              hugoniot run Cases/riemann-quadrants.toml --output quadrants.h5
              hugoniot plot quadrants.h5 --output quadrants.png

            Exit codes: 0 done, 1 run failed, 2 bad input or usage, 3 drift found,
            4 a notebook is stale, 5 a cell is broken, 6 over budget, 130 interrupted, 143 terminated.
            """,
        version: ToolVersion.current,
        subcommands: [
            Run.self, Validate.self, CheckCases.self, Sweep.self, Train.self, Predict.self, Calibrate.self,
            Score.self, Export.self, Import.self, Geometry.self, Plot.self, View.self, Notebook.self,
            Info.self,
            Runs.self, Doctor.self, Bench.self, Reference.self,
        ])
}
