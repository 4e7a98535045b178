import Archive
import Foundation
import Numerics
import Testing

@Suite("Training by the command line") struct TrainVerbTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        _ = try place.write(Self.text, as: "t.toml")
        let file = try HDF5File.create(place.file("d.h5"))
        var stream = RandomStream(seed: 1)
        let values = (0..<(6 * 256)).map { _ in Float(stream.normal()) }
        try file.root.createDataset("inputs", values, shape: [6, 1, 16, 16])
        try file.root.createDataset("outputs", values.map { 1 + 2 * $0 }, shape: [6, 1, 16, 16])
        let splits = try file.root.createGroup("splits")
        for (name, samples) in [("train", [0, 1, 2, 3]), ("validation", [4]), ("test", [5])] {
            try splits.createDataset(name, samples.map(Int64.init))
        }
        try file.close()
    }

    private static let text = """
        [data]
        file = "d.h5"
        [model]
        kind = "fno"
        modes = [3, 3]
        width = 8
        layers = 1
        [training]
        epochs = 3
        batch = 2
        threads = 1
        """

    private func train(_ more: String...) throws -> Tool.Result {
        try Tool.run(["train", place.file("t.toml"), "--output", place.file("m.safetensors")] + more)
    }

    @Test("a model, its history and a picture are written, and the model predicts a split")
    func trainsAndPredicts() throws {
        let result = try train()
        #expect(result.code == 0, "\(result.errors)")
        #expect(
            try place.contents() == ["d.h5", "m.history.csv", "m.history.svg", "m.safetensors", "t.toml"])
        let prediction = try Tool.run(
            "predict", place.file("m.safetensors"), place.file("d.h5"), "--output", place.file("p.h5"))
        #expect(prediction.code == 0, "\(prediction.errors)")
        let file = try PredictionFileReader(place.file("p.h5"))
        #expect(file.samples == [5] && file.sampleShape == [1, 16, 16] && file.latencies.count == 1)
        #expect(try file.prediction(at: 0).allSatisfy(\.isFinite))
        #expect(try file.origin.datasetSHA256 == Fingerprint.sha256(ofFile: place.file("d.h5")))
    }

    @Test("resuming a finished training does nothing; another training is not taken for it")
    func resumesFinished() throws {
        #expect(try train().code == 0)
        let model = try Data(contentsOf: URL(fileURLWithPath: place.file("m.safetensors")))
        let again = try train("--resume")
        #expect(again.code == 0, "\(again.errors)")
        #expect(again.errors.contains("complete already"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.file("m.safetensors"))) == model)
        _ = try place.write(Self.text.replacing("width = 8", with: "width = 4"), as: "t.toml")
        #expect(try train("--resume").code == 2)
    }

    private static let hasRuntime = pythonSucceeds("import h5py, numpy, onnxruntime")

    private static func pythonSucceeds(_ script: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test("an exported model predicts the same in ONNX Runtime, in physical units", .enabled(if: hasRuntime))
    func exports() throws {
        _ = try train()
        let (model, data) = (place.file("m.safetensors"), place.file("d.h5"))
        _ = try Tool.run("predict", model, data, "--output", place.file("p.h5"))
        let result = try Tool.run("export", model, "--output", place.file("m.onnx"))
        #expect(result.code == 0, "\(result.errors)")
        let script = """
            import h5py, numpy as np, onnxruntime as ort
            x = h5py.File("\(data)")["inputs"][5:6]
            expected = h5py.File("\(place.file("p.h5"))")["predictions"][:]
            y = ort.InferenceSession("\(place.file("m.onnx"))").run(["prediction"], {"fields": x})[0]
            assert np.abs(y - expected).max() < 1e-4 * np.abs(expected).max()
            """
        #expect(Self.pythonSucceeds(script))
    }

    @Test("a grid of another dimension is refused before a file is written")
    func exportGrid() throws {
        _ = try train()
        let result = try Tool.run(
            "export", place.file("m.safetensors"), "--grid", "8,8,8", "--output", place.file("m.onnx"))
        #expect(result.code == 2 && result.errors.contains("--grid 16,16"))
        #expect(!FileManager.default.fileExists(atPath: place.file("m.onnx")))
    }

    @Test("a model of other channels is not compared with a campaign")
    func foreignCampaign() throws {
        _ = try train()
        let result = try Tool.run(
            "bench", "surrogate", "--model", place.file("m.safetensors"), "--sweep",
            "Cases/campaigns/supersonic-bodies-16.toml")
        #expect(result.code == 2 && result.errors.contains("has no channels"))
    }

    @Test("an existing model is not replaced by accident")
    func guarded() throws {
        _ = try train()
        let again = try train()
        #expect(again.code == 2 && again.errors.contains("--overwrite"))
        #expect(try train("--overwrite").code == 0)
    }

    @Test("a missing split ends with exit code 2 before anything is written")
    func badInput() throws {
        _ = try place.write(Self.text.replacing("[model]", with: "train = \"learn\"\n[model]"), as: "t.toml")
        let result = try train()
        #expect(result.code == 2 && result.errors.contains("\"learn\""))
        #expect(try place.contents() == ["d.h5", "t.toml"])
    }

    @Test("a training that dies ends with exit code 1, advice and a checkpoint")
    func death() throws {
        _ = try place.write(
            Self.text + "\noptimiser = \"sgd\"\nlearning_rate = 1e30\nschedule = \"constant\"", as: "t.toml")
        let result = try train()
        #expect(result.code == 1 && result.errors.contains("halve learning_rate"))
        #expect(FileManager.default.fileExists(atPath: place.file("m.checkpoint.safetensors")))
    }

    @Test(
        "SIGTERM and Ctrl-C leave a checkpoint and their exit codes, and --resume goes on",
        arguments: [15, 2])
    func signals(number: Int32) throws {
        _ = try place.write(
            Self.text.replacing("epochs = 3", with: "epochs = 100000\npatience = 100000"), as: "t.toml")
        let process = try Tool.start(["train", place.file("t.toml"), "--output", place.file("m.safetensors")])
        // The first line of the history names the columns, the second one is the first epoch.
        let history = place.file("m.history.csv")
        let lines = { (try? String(contentsOfFile: history, encoding: .utf8))?.split(separator: "\n").count }
        while process.isRunning, lines() ?? 0 < 2 { usleep(1000) }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + number)
        let files = try place.contents()
        #expect(files.contains("m.checkpoint.safetensors") && !files.contains("m.safetensors"))
        let without = try train()
        #expect(without.code == 2 && without.errors.contains("--resume"))
    }

    @Test("validate compares a training file with its dataset, where that is there")
    func validated() throws {
        _ = try place.write(Self.text.replacing("modes = [3, 3]", with: "modes = [3]"), as: "bad.toml")
        let bad = try Tool.run("validate", place.file("bad.toml"))
        #expect(bad.code == 2 && bad.output.contains("2, one for each dimension"))
        #expect(try Tool.run("validate", place.file("t.toml")).code == 0)
        _ = try place.write(Self.text.replacing("d.h5", with: "later.h5"), as: "later.toml")
        #expect(try Tool.run("validate", place.file("later.toml")).code == 0)
    }
}
