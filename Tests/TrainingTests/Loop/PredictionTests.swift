import Archive
import Foundation
import Testing
import Training

@Suite("Predictions over symmetries and grids") struct PredictionTests {
    let folder: TrainingFolder
    let dataset: DatasetFileReader

    init() throws {
        folder = try TrainingFolder()
        dataset = try DatasetFileReader(TinyData().write(folder))
    }

    private func model(_ prediction: String) throws -> TrainedModel {
        let training =
            "epochs = 1\nmirrors = [\"x\", \"y\"]\nscalars = [\"wave\"]\n[prediction]\n" + prediction
        let trainer = try Trainer(folder.plan(training))
        try trainer.run()
        try trainer.writeModel(to: folder.file("m"), datasetSHA256: "", toolVersion: "")
        return try TrainedModel(reading: folder.file("m"))
    }

    @Test("the prediction of what is mirrored is the mirrored prediction")
    func equivariant() throws {
        let model = try model("symmetries = true")
        #expect(model.prediction.symmetries.count == 4)
        let mirror = try FieldSymmetry(
            .mirror(0, dimension: 2), model.description.layout, cellShape: [8, 8], scalars: ["wave"])
        let inputs = try dataset.inputs(4)
        let seen = try model.predict(mirror.given(inputs), cellShape: [8, 8])
        let expected = mirror.predicted(try model.predict(inputs, cellShape: [8, 8]))
        for (one, two) in zip(seen, expected) { #expect(abs(one - two) < 1e-5) }
        model.prediction = PredictionOptions()
        let plain = try model.predict(mirror.given(inputs), cellShape: [8, 8])
        #expect(zip(plain, expected).contains { abs($0 - $1) > 1e-3 })
    }

    @Test("on a finer grid the network sees the grid of training")
    func trainingGrid() throws {
        let model = try model("grid = \"training\"")
        let fine = try dataset.inputs(4).flatMap { [$0, $0] }
        // The same field with every point twice along x.
        let wide = try model.predict(fine, cellShape: [8, 16])
        let own = try model.predict(dataset.inputs(4), cellShape: [8, 8])
        let transfer = try GridTransfer(from: [8, 16], to: [8, 8], .cells)
        #expect(wide == transfer.interpolated(own))
    }

    @Test("a grid that cannot be reduced to that of training is refused")
    func refused() throws {
        let model = try model("grid = \"training\"")
        #expect(throws: TrainingError.self) {
            try model.predict([Float](repeating: 0, count: 2 * 81), cellShape: [9, 9])
        }
    }
}
