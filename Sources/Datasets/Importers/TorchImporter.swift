import Archive
import Foundation

/// Files of PyTorch, each a dictionary of the tensors `x` and `y` (or `input` and `output`), as the small data sets of the
/// neuraloperator package are: (sample, (channel,) (z,) y, x), outputs also (sample, time, channel, (z,) y, x).
///
/// Where files are called `…train…`, `…validation…` or `…test…`, these are the splits.
public struct TorchImporter: DatasetImporter {
    /// `torch`
    public static let format = "torch"
    /// One file or more.
    public static let sources =
        "DATA.pt [...], each a dictionary of the tensors x and y (or input and output); files whose names hold train, "
        + "validation or test become the splits"

    /// What all samples share.
    public let layout: ImportLayout
    /// How many samples there are.
    public var sampleCount: Int { files.reduce(0) { $0 + $1.count } }
    /// The splits that the names of the files tell.
    public let splits: [DatasetSplit]?
    private let files: [Pair]

    private struct Pair {
        let path: String
        let inputs: TorchArray
        let outputs: TorchArray
        var count: Int { inputs.tensor.shape[0] }
    }

    /// Opens the files. Throws `ImportError`.
    public init(sources: [String]) throws {
        files = try sources.map { path in
            let archive = try TorchArchive(path)
            return Pair(
                path: path, inputs: try archive.values(["x", "input", "inputs"]),
                outputs: try archive.values(["y", "output", "outputs"]))
        }
        guard let first = files.first else {
            throw ImportError("no source", "needed: \(Self.sources)")
        }
        let (from, to) = (first.inputs.tensor.shape, first.outputs.tensor.shape)
        for file in files {
            guard file.inputs.tensor.shape.dropFirst() == from.dropFirst(),
                file.outputs.tensor.shape.dropFirst() == to.dropFirst(),
                file.outputs.tensor.shape[0] == file.count
            else {
                throw ImportError(
                    file.path,
                    "tensors of shape \(file.inputs.tensor.shape) and \(file.outputs.tensor.shape) do not fit those of "
                        + "\(first.path), \(from) and \(to)",
                    advice: "import files of another grid into a dataset of their own")
            }
        }
        layout = try Self.layout(from, to, path: first.path)
        splits = Self.splits(files)
    }

    /// Tensors without an axis of channels have one channel.
    private static func layout(_ from: [Int], _ to: [Int], path: String) throws -> ImportLayout {
        let hasChannels = from.count > 3 || to.count > from.count
        let cells = Array(from.dropFirst(hasChannels ? 2 : 1))
        let before = Array(to.dropLast(cells.count))
        guard (1...3).contains(cells.count), to.count > cells.count, Array(to.suffix(cells.count)) == cells,
            (1...3).contains(before.count)
        else {
            throw ImportError(
                path, "outputs of shape \(to) do not fit inputs of shape \(from)",
                advice:
                    "needed: (sample, (channel,) (z,) y, x), with a channel axis where there are more than three axes"
            )
        }
        let isRollout = before.count == 3
        return ImportLayout(
            task: isRollout ? .rollout : .steady, axes: ImportLayout.unitAxes(cells),
            inputChannels: (0..<(hasChannels ? from[1] : 1)).map { "input_\($0)" },
            outputChannels: (0..<(before.count > 1 ? before[before.count - 1] : 1)).map { "output_\($0)" },
            times: isRollout ? (0..<before[1]).map(Double.init) : [])
    }

    private static func splits(_ files: [Pair]) -> [DatasetSplit]? {
        var lists: [(name: String, samples: [Int])] = []
        var start = 0
        for file in files {
            let name = (file.path as NSString).lastPathComponent.lowercased()
            guard let split = ["train", "validation", "test"].first(where: name.contains) else { return nil }
            let samples = Array(start..<(start + file.count))
            start += file.count
            if let place = lists.firstIndex(where: { $0.name == split }) {
                lists[place].samples += samples
            } else {
                lists.append((split, samples))
            }
        }
        return lists.map { DatasetSplit($0.name, $0.samples) }
    }

    /// Neither parameters nor geometry.
    public func origin(_ index: Int) throws -> DatasetSampleOrigin { DatasetSampleOrigin(parameters: []) }

    /// The tensors' values.
    public func sample(_ index: Int) throws -> DatasetSample {
        var row = index
        for file in files {
            if row < file.count {
                return DatasetSample(inputs: file.inputs.part(row), outputs: file.outputs.part(row))
            }
            row -= file.count
        }
        throw ImportError("sample \(index)", "there are \(sampleCount)")
    }
}
