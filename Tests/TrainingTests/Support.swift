import Archive
import Foundation
import Numerics
import Training

/// A folder that lives as long as one test.
final class TrainingFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hugoniot-training-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The plan of a training file in this folder; `training` are the lines of `[training]`.
    func plan(
        _ training: String = "", model: String = TinyData.model, data: String = "", dataset: String = "d.h5"
    ) throws -> TrainingPlan {
        let text = """
            [data]
            file = "\(dataset)"
            \(data)
            [model]
            \(model)
            [training]
            threads = 1
            batch = 2
            \(training)
            """
        return try TrainingPlan(TrainingFile(text: text, file: file("train.toml")))
    }
}

/// Datasets that take no time: on 8 × 8 points the outputs are simple functions of smooth random inputs.
struct TinyData {
    static let model = "kind = \"fno\"\nmodes = [2, 2]\nwidth = 4\nlayers = 1\nprojection = 8"
    static let points = 8

    var samples = 6
    var hasMask = false
    /// Whether a cell of a sample is in a body, where there is a mask: the first column is.
    var isBody: (_ sample: Int, _ cell: Int) -> Bool = { $1 % 8 == 0 }
    var times = 0
    var splits: [(String, [Int])] = [("train", [0, 1, 2, 3]), ("validation", [4, 5])]
    /// Changes the values of outputs, by sample.
    var change: (Int, inout [Float]) -> Void = { _, _ in }

    /// Writes the file and returns its path.
    @discardableResult func write(_ folder: TrainingFolder, _ name: String = "d.h5") throws -> String {
        let file = try HDF5File.create(folder.file(name))
        let grid = [Self.points, Self.points]
        let cells = Self.points * Self.points
        var stream = RandomStream(seed: 3)
        var (inputs, outputs): ([Float], [Float]) = ([], [])
        for sample in 0..<samples {
            let mach = Float(2 + stream.uniform())
            let phase: Double = 6.28 * stream.uniform()
            var wave: [Float] = []
            for cell in 0..<cells {
                let angle: Double = phase + 0.785 * Double(cell % 8) + 0.785 * Double(cell / 8)
                wave.append(Float(sin(angle)))
            }
            inputs += wave
            inputs += [Float](repeating: mach, count: cells)
            var output: [Float] = []
            for time in 0..<max(1, times) {
                let level: Float = mach + 0.1 * Float(time)
                for value in wave { output.append(level + 2 * value) }
                for value in wave { output.append(5 * value * value) }
            }
            change(sample, &output)
            outputs += output
        }
        try file.root.createDataset("inputs", inputs, shape: [samples, 2] + grid)
            .attributes.write("channels", .texts(["wave", "mach"]))
        try file.root.createDataset(
            "outputs", outputs, shape: [samples] + (times > 0 ? [times] : []) + [2] + grid
        ).attributes.write("channels", .texts(["density", "velocity_x"]))
        if hasMask {
            let mask = (0..<(samples * cells)).map { UInt8(isBody($0 / cells, $0 % cells) ? 0 : 1) }
            try file.root.createDataset("mask", mask, shape: [samples] + grid)
        }
        let group = try file.root.createGroup("splits")
        for (name, samples) in splits { try group.createDataset(name, samples.map(Int64.init)) }
        try file.close()
        return folder.file(name)
    }
}

extension Trainer {
    /// The weights that it has now, of all parameters.
    func weights(_ folder: TrainingFolder) throws -> [Float] {
        try writeCheckpoint(to: folder.file("weights"), fingerprint: "")
        let file = try SafetensorsFile(reading: folder.file("weights"))
        return file.tensor("parameters").map { Array($0.floats) } ?? []
    }

    /// Trains without being watched.
    @discardableResult func run() throws -> Ending {
        try run(isCancelled: { false }, observe: { _ in }, checkpoint: {})
    }

    /// The bits of the model file that it would write.
    func modelTensors(_ folder: TrainingFolder, _ name: String) throws -> [SafetensorsTensor] {
        try writeModel(to: folder.file(name), datasetSHA256: "", toolVersion: "")
        return try SafetensorsFile(reading: folder.file(name)).tensors
    }
}
