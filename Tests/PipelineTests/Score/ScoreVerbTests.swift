import Archive
import Foundation
import Numerics
import Testing

@Suite("Scores by the command line") struct ScoreVerbTests {
    let place: Workplace

    /// Eight samples whose output is twice the input, which is one random number everywhere.
    init() throws {
        place = try Workplace()
        let file = try HDF5File.create(place.file("d.h5"))
        var stream = RandomStream(seed: 1)
        let levels = (0..<8).map { _ in Float(stream.normal()) }
        let values = levels.flatMap { level in (0..<256).map { level * (1 + 0.2 * Float(sin(Double($0)))) } }
        try file.root.createDataset("inputs", values, shape: [8, 1, 16, 16])
        try file.root.createDataset("outputs", values.map { 2 * $0 }, shape: [8, 1, 16, 16])
        let splits = try file.root.createGroup("splits")
        for (name, samples) in [("train", [0, 1, 2, 3, 4]), ("test", [5, 6]), ("test_far", [7])] {
            try splits.createDataset(name, samples.map(Int64.init))
        }
        try file.close()
    }

    private func predictions(error: Float, samples: [Int] = [5, 6, 7]) throws {
        let reader = try DatasetFileReader(place.file("d.h5"))
        let writer = try PredictionFileWriter(
            creating: place.file("p.h5"),
            PredictionOrigin(
                modelSHA256: "", datasetSHA256: try Fingerprint.sha256(ofFile: place.file("d.h5")),
                split: "test",
                toolVersion: "0", channels: reader.outputChannels), samples: samples,
            sampleShape: reader.outputShape)
        for sample in samples {
            try writer.append(try reader.outputs(sample).map { $0 + error }, latency: 0.002)
        }
        try writer.finish()
    }

    private func scores(_ more: String...) throws -> [[String: Any]] {
        let result = try Tool.run(
            ["score", place.file("p.h5"), place.file("d.h5"), "--json"] + more)
        #expect(result.code == 0, "\(result.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return try #require(object?["scores"] as? [[String: Any]])
    }

    @Test("a perfect prediction scores 100 in every test split, baselines beside it less")
    func perfect() throws {
        try predictions(error: 0)
        let found = try scores()
        #expect(Set(found.compactMap { $0["split"] as? String }) == ["test", "test_far"])
        #expect(
            found.compactMap { $0["name"] as? String }.prefix(4) == [
                "p", "mean field", "nearest neighbour", "POD regression",
            ])
        #expect(found[0]["global"] as? Double == 100 && found[0]["relativeL2"] as? Double == 0)
        #expect((found[1]["global"] as? Double ?? 100) < 50)
        // The relation is linear in one number: regression finds it, up to its ridge.
        #expect((found[3]["relativeL2"] as? Double ?? 1) < 0.02)
    }

    @Test("pictures of the worst samples are drawn where asked for")
    func pictures() throws {
        try predictions(error: 0.1)
        _ = try scores("--no-baselines", "--split", "test", "--pictures", place.file("worst"))
        let files = try FileManager.default.contentsOfDirectory(atPath: place.file("worst")).sorted()
        #expect(files == ["test-5.png", "test-6.png"])
    }

    @Test("a ratio of specific heats that the dataset contradicts is refused")
    func contradiction() throws {
        let file = try HDF5File.open(place.file("d.h5"), .readWrite)
        try file.root.attributes.write(
            "case", .text("[gas]\ngamma = 1.3\n[domain]\ncells = [16, 16]"))
        try file.close()
        try predictions(error: 0)
        let told = try Tool.run("score", place.file("p.h5"), place.file("d.h5"), "--gamma", "1.4")
        #expect(told.code == 2 && told.errors.contains("an ideal gas with γ = 1.3"))
        #expect(try Tool.run("score", place.file("p.h5"), place.file("d.h5"), "--gamma", "1").code == 2)
    }

    @Test("what was not predicted, and other datasets, are refused with what to do")
    func refusals() throws {
        try predictions(error: 0, samples: [5])
        let missing = try Tool.run("score", place.file("p.h5"), place.file("d.h5"), "--split", "test")
        #expect(missing.code == 2)
        #expect(missing.errors.contains("predictions of 1 of the 2 samples of test"))
        #expect(missing.errors.contains("hugoniot predict"))
        let unknown = try Tool.run("score", place.file("p.h5"), place.file("d.h5"), "--split", "tst")
        #expect(
            unknown.code == 2 && unknown.errors.contains("train, test, test_far")
                || unknown.errors.contains("tst"))
        let file = try HDF5File.open(place.file("d.h5"), .readWrite)
        try file.root.attributes.write(["changed": .text("yes")])
        try file.close()
        let other = try Tool.run("score", place.file("p.h5"), place.file("d.h5"))
        #expect(other.code == 2 && other.errors.contains("another dataset"))
    }
}
