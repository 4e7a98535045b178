import ArgumentParser
import Pipeline

struct View: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at results in a browser: fields, times, samples, curves.",
        discussion: """
            Example:
              hugoniot view quadrants.h5
              hugoniot view predictions.h5 dataset.h5       truth, prediction and error side by side
              hugoniot view model.safetensors               training curves, live while it trains
              hugoniot view run.h5 --port 8000 --no-open

            Shows runs, geometries, datasets, predictions, models, calibrations and notebooks on a page that only
            this machine can open and that needs no network. Prints the page's address; Ctrl-C ends it.
            """)

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "Where the page is served (default: where the system finds room).", valueName: "0...65535"))
    var port = 0

    @Flag(inversion: .prefixedNo, help: "Open the page in the browser, where there is a display.")
    var open = true

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port is \(port); allowed: 0 to 65535")
        }
        guard !files.isEmpty else { throw ValidationError("name at least one file") }
    }

    func run() throws {
        try common.perform(ViewVerb(paths: files, port: UInt16(port), opensBrowser: open))
    }
}
