import Archive
import Foundation
import Testing
import Training

/// Waves that drift by one point a step on a periodic axis of 16 points: the next state is the same, moved.
private struct Drift {
    static let file = """
        [data]
        file = "drift.h5"
        points = "periodic-nodes"
        [model]
        kind = "fno"
        modes = [5]
        width = 12
        layers = 1
        projection = 16
        [training]
        threads = 1

        """

    static func write(_ folder: TrainingFolder) throws {
        let file = try HDF5File.create(folder.file("drift.h5"))
        var outputs: [Float] = []
        for sample in 0..<12 {
            for time in 0..<7 {
                outputs += (0..<16).map { point in
                    let place = 2 * Double.pi * Double(point - time) / 16
                    return Float(sin(place + Double(sample)) + 0.5 * cos(3 * place - Double(2 * sample)))
                }
            }
        }
        let phases = (0..<(12 * 16)).map { _ in Float(1) }
        try file.root.createDataset("inputs", phases, shape: [12, 1, 16])
            .attributes.write("channels", .texts(["one"]))
        try file.root.createDataset("outputs", outputs, shape: [12, 7, 1, 16])
            .attributes.write("channels", .texts(["density"]))
        let splits = try file.root.createGroup("splits")
        for (name, samples) in [("train", 0..<8), ("validation", 8..<10), ("test", 10..<12)] {
            try splits.createDataset(name, samples.map(Int64.init))
        }
        try file.close()
    }
}

@Suite("Learning of rollouts") struct RolloutTrainingTests {
    let folder: TrainingFolder

    init() throws {
        folder = try TrainingFolder()
        try Drift.write(folder)
    }

    private func trainer(_ settings: String, batch: Int = 8) throws -> Trainer {
        let text = Drift.file + "batch = \(batch)\n" + settings
        return try Trainer(TrainingPlan(TrainingFile(text: text, file: folder.file("t.toml"))))
    }

    @Test(
        "a drifting wave is learned, and stays right over all steps",
        arguments: [
            "", "rollout = { steps = 3 }", "rollout = { steps = 3, push_forward = true }", "noise = 0.01",
            "galilean = 0\nmirrors = []",
        ])
    func learned(settings: String) throws {
        let trainer = try trainer("epochs = 60\nlearning_rate = 1e-2\n" + settings)
        try trainer.run()
        let errors = trainer.history.compactMap(\.validationError)
        #expect(try #require(errors.first) > 0.5)
        #expect(try #require(errors.last) < 0.15)
        try trainer.writeModel(to: folder.file("m"), datasetSHA256: "", toolVersion: "")
        let model = try TrainedModel(reading: folder.file("m"))
        let dataset = try DatasetFileReader(folder.file("drift.h5"))
        let (states, truth) = (try model.predict(11, of: dataset), try dataset.outputs(11))
        let last = 6 * 16..<7 * 16
        let error = last.reduce(Float(0)) { $0 + (states[$1] - truth[$1]) * (states[$1] - truth[$1]) }
        #expect((error / last.reduce(Float(0)) { $0 + truth[$1] * truth[$1] }).squareRoot() < 0.3)
    }

    @Test("unrolled steps leave fewer starts, and each has its targets")
    func starts() throws {
        // 8 samples with 7 times: 6 starts of one step, 4 of three.
        #expect(try trainer("").stepsPerEpoch == 6)
        #expect(try trainer("rollout = { steps = 3 }").stepsPerEpoch == 4)
    }

    @Test("one step that is unrolled is one step")
    func single() throws {
        let losses = try ["", "rollout = { steps = 1 }", "rollout = { steps = 1, push_forward = true }"].map {
            let trainer = try trainer("epochs = 2\n" + $0)
            try trainer.run()
            return trainer.history.map(\.trainingLoss)
        }
        #expect(losses[0] == losses[1] && losses[0] == losses[2])
    }

    @Test(
        "batches of a step are one: they go equally far, see the same noise, and start from the same weights",
        arguments: ["sgd", "sam"])
    func accumulated(optimiser: String) throws {
        let settings =
            "epochs = 2\nlearning_rate = 1e-3\nnoise = 0.1\noptimiser = \"\(optimiser)\"\n"
            + "rollout = { steps = 3, push_forward = true }\n"
        let weights = try [(8, 1), (2, 4)].map { batch, accumulate in
            let trainer = try trainer(settings + "accumulate = \(accumulate)", batch: batch)
            try trainer.run()
            return try trainer.weights(folder)
        }
        #expect(relativeDistance(weights[0], weights[1]) < 1e-5)
    }

    @Test(
        "an interrupted and resumed training of rollouts ends with the same weights to the bit",
        arguments: [
            "rollout = { steps = 3 }\nnoise = 0.1\nscalars = [\"one\"]\ngalilean = 2",
            "rollout = { steps = 2, push_forward = true }\nnoise = 0.1",
        ])
    func resumed(settings: String) throws {
        let whole = try trainer("epochs = 3\n" + settings)
        try whole.run()
        let first = try trainer("epochs = 3\n" + settings)
        var taken = 0
        _ = try first.run(
            isCancelled: {
                taken += 1
                return taken == 5
            }, observe: { _ in },
            checkpoint: { try first.writeCheckpoint(to: folder.file("c"), fingerprint: "f") })
        let second = try trainer("epochs = 3\n" + settings)
        try second.readCheckpoint(folder.file("c"), fingerprint: "f")
        try second.run()
        #expect(try whole.modelTensors(folder, "a") == second.modelTensors(folder, "b"))
    }

    @Test(
        "what cannot be asked of a dataset is told before the first step",
        arguments: [
            ("rollout = { steps = 7 }", "7 steps do not fit into 7 times"),
            ("galilean = 1", "one would change"),
            ("residual = { weight = 1.0 }", "is for steady flows"),
        ])
    func refused(settings: String, expected: String) {
        let error = #expect(throws: (any Error).self) { _ = try trainer(settings) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(expected))
    }
}
