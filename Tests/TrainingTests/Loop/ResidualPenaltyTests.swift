import Archive
import Foundation
import Numerics
import Testing
import Training

@Suite("Penalty on the equations") struct ResidualPenaltyTests {
    let folder: TrainingFolder

    /// Rough fields of a flow on 8 × 8 points, which are easily learned.
    init() throws {
        folder = try TrainingFolder()
        let file = try HDF5File.create(folder.file("flow.h5"))
        var stream = RandomStream(seed: 1)
        let inputs = (0..<(4 * 64)).map { _ in Float(stream.normal()) }
        var outputs: [Float] = []
        for sample in 0..<4 {
            let flow = inputs[(sample * 64)..<((sample + 1) * 64)].map { (value: Float) in 2 + 0.3 * value }
            for _ in 0..<4 { outputs += flow }
        }
        try file.root.createDataset("inputs", inputs, shape: [4, 1, 8, 8])
        try file.root.createDataset("outputs", outputs, shape: [4, 4, 8, 8])
            .attributes.write("channels", .texts(["density", "velocity_x", "velocity_y", "pressure"]))
        try file.root.createGroup("splits").createDataset("train", [0, 1, 2, 3] as [Int64])
        try file.close()
    }

    /// The loss before the first step.
    private func loss(_ settings: String) throws -> Double {
        let trainer = try Trainer(folder.plan("epochs = 1\naccumulate = 2\n" + settings, dataset: "flow.h5"))
        try trainer.run()
        return try #require(trainer.history.first).trainingLoss
    }

    @Test("the penalty is added to the loss with its weight")
    func added() throws {
        let losses = try ["", "residual = { weight = 1.0 }", "residual = { weight = 2.0 }"].map(loss)
        #expect(losses[1] > losses[0])
        #expect(abs(losses[2] - losses[0] - 2 * (losses[1] - losses[0])) < 1e-4 * losses[2])
    }

    /// How much the predicted density of a sample varies, after some training.
    private func roughness(_ settings: String) throws -> Float {
        let trainer = try Trainer(
            folder.plan("epochs = 60\nlearning_rate = 0.02\n" + settings, dataset: "flow.h5"))
        try trainer.run()
        try trainer.writeModel(to: folder.file("m"), datasetSHA256: "", toolVersion: "")
        let dataset = try DatasetFileReader(folder.file("flow.h5"))
        let density = try TrainedModel(reading: folder.file("m")).predict(0, of: dataset).prefix(64)
        let mean = density.reduce(0, +) / 64
        return (density.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 64).squareRoot()
    }

    @Test("a strong penalty leaves only what fulfils the equations: a stream that is nearly uniform")
    func learned() throws {
        let (free, bound) = try (roughness(""), roughness("residual = { weight = 100.0 }"))
        #expect(free > 0.2)
        #expect(bound < 0.3 * free)
    }
}
