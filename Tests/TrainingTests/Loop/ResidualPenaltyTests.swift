import Archive
import Foundation
import Numerics
import Testing
import Training

@Suite("Penalty on the equations") struct ResidualPenaltyTests {
    let folder: TrainingFolder

    /// Random positive fields of a flow on 8 × 8 points.
    init() throws {
        folder = try TrainingFolder()
        let file = try HDF5File.create(folder.file("flow.h5"))
        var stream = RandomStream(seed: 1)
        let inputs = (0..<(4 * 64)).map { _ in Float(stream.normal()) }
        let outputs = (0..<(4 * 4 * 64)).map { _ in Float(1 + stream.uniform()) }
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

    @Test("a training with a penalty makes the sum of both smaller")
    func learned() throws {
        let settings = "epochs = 30\nlearning_rate = 0.02\nresidual = { weight = 0.5 }"
        let trainer = try Trainer(folder.plan(settings, dataset: "flow.h5"))
        try trainer.run()
        let (first, last) = try (#require(trainer.history.first), #require(trainer.history.last))
        #expect(last.trainingLoss < 0.9 * first.trainingLoss)
    }
}
