import Archive
import Foundation
import ONNX
import Training

/// Writes a trained model in a format that other programs run.
public struct ExportVerb: Verb {
    /// The model file.
    public var model: String
    /// The file to write, `.onnx`.
    public var output: String
    /// The grid, (z,) y, x; empty takes that of training.
    public var grid: [Int]
    /// Replaces an existing file.
    public var overwrite: Bool

    /// An export as the command line describes it.
    public init(model: String, output: String, grid: [Int] = [], overwrite: Bool = false) {
        self.model = model
        self.output = output
        self.grid = grid
        self.overwrite = overwrite
    }

    /// Writes the file under a temporary name, and renames it.
    public func perform(on console: Console) throws -> ExportReport {
        try Output(output, .network, from: [model]).check(overwrite: overwrite)
        let trained = try TrainedModel(reading: model, threads: 1)
        let dimension = trained.description.layout.cellShape.count
        guard grid.isEmpty || grid.count == dimension else {
            throw ToolError(
                "--grid has \(grid.count) extents, \(model) works on fields of \(dimension)",
                advice: "give one extent an axis, the last axis is x: --grid "
                    + trained.description.layout.cellShape.map(String.init).joined(separator: ","))
        }
        let network = try trained.onnx(cellShape: grid.isEmpty ? nil : grid)
        let bytes = try network.encoded()
        try AtomicOutput.write(Data(bytes), to: output)
        return ExportReport(
            output: output, nodes: network.body.nodeCount, megabytes: Double(bytes.count) / 1e6,
            inputs: trained.description.layout.givenChannels,
            outputs: trained.description.layout.outputChannels,
            grid: grid.isEmpty ? trained.description.layout.cellShape : grid,
            isBare: trained.prediction != PredictionOptions())
    }
}

/// What was exported.
public struct ExportReport: VerbReport {
    /// The file.
    public var output: String
    /// Nodes of the network.
    public var nodes: Int
    /// The size of the file.
    public var megabytes: Double
    /// Channels of the input `fields`.
    public var inputs: [String]
    /// Channels of the output `prediction`.
    public var outputs: [String]
    /// The grid, (z,) y, x.
    public var grid: [Int]
    /// Whether the model predicts with more than its network: averages over symmetries, changes of the grid.
    public var isBare: Bool

    /// A summary of work done.
    public var isAnswer: Bool { false }

    /// What goes in and comes out.
    public func text(on terminal: Terminal) -> String {
        let extents = grid.map(String.init).joined(separator: ", ")
        let lines = [
            "\(output): \(nodes) nodes, \(significant(megabytes)) MB",
            "  fields      [batch, \(inputs.count), \(extents)]  \(inputs.joined(separator: ", "))",
            "  prediction  [batch, \(outputs.count), \(extents)]  \(outputs.joined(separator: ", "))",
        ]
        let note = "  without the table [prediction] of its training file: the network alone"
        return (isBare ? lines + [note] : lines).joined(separator: "\n")
    }
}
