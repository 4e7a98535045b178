import Archive
import Foundation
import Testing
import Training

@Suite("Model files") struct ModelFileTests {
    let folder: TrainingFolder

    init() throws {
        folder = try TrainingFolder()
        try TinyData(hasMask: true).write(folder)
    }

    private func trained(_ training: String = "epochs = 2", model: String = TinyData.model) throws -> String {
        let trainer = try Trainer(folder.plan(training, model: model))
        try trainer.run()
        try trainer.writeModel(to: folder.file("m.safetensors"), datasetSHA256: "abc", toolVersion: "1")
        return folder.file("m.safetensors")
    }

    @Test("a model file predicts what its trainer validated")
    func validated() throws {
        let model = try TrainedModel(reading: trained(), threads: 1)
        let dataset = try DatasetFileReader(folder.file("d.h5"))
        var error = 0.0
        for sample in [4, 5] {
            let (prediction, target) = try (model.predict(sample, of: dataset), dataset.outputs(sample))
            for channel in 0..<2 {
                var (difference, norm) = (0.0, 0.0)
                for point in 0..<64 where point % 8 != 0 {
                    let (p, t) = (
                        Double(prediction[channel * 64 + point]), Double(target[channel * 64 + point])
                    )
                    difference += (p - t) * (p - t)
                    norm += t * t
                }
                error += (difference / norm).squareRoot() / 4
            }
        }
        let validated = try #require(model.description.metrics["validation_relative_l2"])
        #expect(abs(error - validated) < 1e-5 * validated)
    }

    @Test("arguments that were left to their defaults are written out")
    func defaults() throws {
        let model = try TrainedModel(reading: trained(model: "kind = \"unet\"\nwidth = 4\nlevels = 2"))
        #expect(model.description.model.contains("width = 4"))
        let plain = try TrainedModel(reading: trained(model: "kind = \"fno\"\nmodes = [2, 2]\nwidth = 4"))
        #expect(plain.description.model.contains("projection = 128"))
    }

    @Test("a Fourier operator predicts at another resolution")
    func resolution() throws {
        let model = try TrainedModel(reading: trained())
        let fields = [Float](repeating: 1, count: 2 * 16 * 12)
        #expect(try model.predict(fields, cellShape: [16, 12]).count == 2 * 16 * 12)
    }

    @Test("a model bound to its grid says so")
    func bound() throws {
        let path = try trained(model: "kind = \"vit\"\npatch = 4\nwidth = 8\nlayers = 1\nheads = 2")
        let model = try TrainedModel(reading: path)
        #expect(throws: (any Error).self) {
            try model.predict([Float](repeating: 1, count: 2 * 16 * 16), cellShape: [16, 16])
        }
    }

    @Test("channels are found by name, and a missing one is named")
    func channels() throws {
        let model = try TrainedModel(reading: trained())
        let other = try HDF5File.create(folder.file("other.h5"))
        let zeros = [Float](repeating: 0, count: 2 * 64)
        try other.root.createDataset("inputs", zeros, shape: [1, 2, 8, 8])
            .attributes.write("channels", .texts(["mach", "sdf"]))
        try other.root.createDataset("outputs", zeros, shape: [1, 2, 8, 8])
        try other.close()
        let dataset = try DatasetFileReader(folder.file("other.h5"))
        let error = #expect(throws: TrainingError.self) { try model.predict(0, of: dataset) }
        #expect(error?.message.contains("\"wave\"") == true)
    }

    @Test(
        "a damaged file is refused",
        arguments: ["layout", "normalisers", "model", "format_version", "format"])
    func damaged(key: String) throws {
        var file = try SafetensorsFile(reading: trained())
        file.metadata[key] = "{}"
        try file.write(to: folder.file("bad.safetensors"))
        #expect(throws: TrainingError.self) { try TrainedModel(reading: folder.file("bad.safetensors")) }
    }

    @Test("weights that do not fit the model are refused")
    func misfit() throws {
        var file = try SafetensorsFile(reading: trained())
        file.metadata["model"] = file.metadata["model"]?.replacing("width = 4", with: "width = 5")
        try file.write(to: folder.file("bad.safetensors"))
        #expect(throws: TrainingError.self) { try TrainedModel(reading: folder.file("bad.safetensors")) }
    }
}
