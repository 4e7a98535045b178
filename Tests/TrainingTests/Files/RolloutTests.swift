import Archive
import Testing
import Training

@Suite("Rollouts") struct RolloutTests {
    let folder: TrainingFolder
    let model: TrainedModel
    let dataset: DatasetFileReader

    init() throws {
        folder = try TrainingFolder()
        dataset = try DatasetFileReader(TinyData(times: 4).write(folder))
        let trainer = try Trainer(folder.plan("epochs = 2"))
        try trainer.run()
        try trainer.writeModel(to: folder.file("m.safetensors"), datasetSHA256: "", toolVersion: "")
        model = try TrainedModel(reading: folder.file("m.safetensors"))
    }

    @Test("the state is given beside the inputs")
    func channels() {
        #expect(model.description.layout.givenChannels == ["wave", "mach", "density", "velocity_x"])
    }

    @Test("every step of every sample is learned")
    func steps() throws {
        // 4 samples with 3 steps each in batches of 2.
        #expect(try Trainer(folder.plan()).stepsPerEpoch == 6)
    }

    @Test("a rollout starts with the given state, and each state follows from the one before")
    func prediction() throws {
        let states = try model.predict(4, of: dataset)
        #expect(states.count == 4 * 2 * 64)
        #expect(model.predictionShape(of: dataset) == [4, 2, 8, 8])
        let first = Array(try dataset.outputs(4).prefix(128))
        #expect(Array(states.prefix(128)) == first)
        let inputs = try dataset.inputs(4)
        let second = try model.predict(inputs + first, cellShape: [8, 8])
        let third = try model.predict(inputs + second, cellShape: [8, 8])
        #expect(Array(states[128..<256]) == second)
        #expect(Array(states[256..<384]) == third)
    }
}
