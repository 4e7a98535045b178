import ArgumentParser
import Pipeline

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a trained model as a network that other programs run.",
        discussion: """
            The network takes and gives physical units, channels first, any number of samples at a time. Fourier layers become
            products of real matrices, so that every program that knows the standard operators of ONNX 17 runs them.

            Example:
              hugoniot export fno.safetensors --output fno.onnx
              hugoniot export fno.safetensors --grid 256,256 --output fno-256.onnx

              python3 -c 'import onnxruntime as o; s = o.InferenceSession("fno.onnx"); print([i.shape for i in s.get_inputs()])'
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case onnx }

    @Argument(help: "The model file (safetensors).", completion: .file(extensions: ["safetensors"]))
    var model: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "model.onnx"))
    var output: String

    @Option(help: "The format.")
    var format = Format.onnx

    @Option(
        help: ArgumentHelp(
            "The grid, (z,) y, x, for models that are not bound to that of training.", valueName: "ny,nx"))
    var grid: String?

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let grid else { return }
        guard let extents = Self.extents(grid), extents.allSatisfy({ $0 > 0 }) else {
            throw ValidationError(
                "--grid is \"\(grid)\"; it has to be positive whole numbers with commas, such as 128,128")
        }
    }

    private static func extents(_ text: String) -> [Int]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = words.compactMap { Int($0) }
        return numbers.count == words.count ? numbers : nil
    }

    func run() throws {
        try common.perform(
            ExportVerb(
                model: model, output: output, grid: grid.flatMap(Self.extents) ?? [], overwrite: overwrite))
    }
}
