import Archive
import Foundation
import Schema
import Testing
import Training

@Suite("Trainer") struct TrainerTests {
    let folder: TrainingFolder

    init() throws {
        folder = try TrainingFolder()
        try TinyData(hasMask: true).write(folder)
    }

    @Test("every optimiser makes the loss smaller", arguments: OptimiserRegistry.kinds.map(\.word))
    func learns(word: String) throws {
        let trainer = try Trainer(
            folder.plan("epochs = 60\nlearning_rate = 0.05\noptimiser = \"\(word)\""))
        try trainer.run()
        let (first, last) = try (#require(trainer.history.first), #require(trainer.history.last))
        #expect(last.trainingLoss < 0.8 * first.trainingLoss)
    }

    @Test("the same seed gives the same weights, another seed others")
    func seed() throws {
        let weights = try [1, 1, 2].map { seed in
            let trainer = try Trainer(folder.plan("epochs = 2\nseed = \(seed)"))
            try trainer.run()
            return try trainer.modelTensors(folder, "m")
        }
        #expect(weights[0] == weights[1])
        #expect(weights[0] != weights[2])
    }

    @Test(
        "an interrupted and resumed training ends with the same weights to the bit",
        arguments: [
            "optimiser = \"adamw\"\nmirrors = [\"x\", \"y\"]\nscalars = [\"wave\"]",
            "optimiser = \"sgd\"\naccumulate = 2",
            "optimiser = \"lbfgs\"", "optimiser = \"sam\"\naverage = 0.9",
            "optimiser = \"sam\"\naccumulate = 2\nclip = 0.5",
            "schedule = { kind = \"reduce-on-plateau\", patience = 0 }\nlearning_rate = 0.3\nclip = 0.5",
        ], [1, 3, 4])
    func resumed(settings: String, steps: Int) throws {
        let plan = try folder.plan("epochs = 4\nseed = 5\n" + settings)
        let whole = try Trainer(plan)
        try whole.run()
        let checkpoint = folder.file("c.safetensors")
        let first = try Trainer(plan)
        var taken = 0
        let ending = try first.run(
            isCancelled: {
                taken += 1; return taken == steps
            }, observe: { _ in },
            checkpoint: { try first.writeCheckpoint(to: checkpoint, fingerprint: "f") })
        #expect(ending == .interrupted)
        let second = try Trainer(plan)
        try second.readCheckpoint(checkpoint, fingerprint: "f")
        try second.run()
        #expect(try whole.modelTensors(folder, "a") == second.modelTensors(folder, "b"))
        #expect(whole.history.map(\.trainingLoss) == second.history.map(\.trainingLoss))
        #expect(whole.history.map(\.learningRate) == second.history.map(\.learningRate))
    }

    @Test("the checkpoint of another training is refused")
    func foreignCheckpoint() throws {
        let trainer = try Trainer(folder.plan("epochs = 1"))
        try trainer.writeCheckpoint(to: folder.file("c"), fingerprint: "f")
        #expect(throws: TrainingError.self) { try trainer.readCheckpoint(folder.file("c"), fingerprint: "g") }
    }

    @Test("values in bodies change nothing")
    func masked() throws {
        try TinyData(
            hasMask: true,
            change: { _, output in for i in stride(from: 0, to: output.count, by: 8) { output[i] = 1e6 } }
        ).write(folder, "junk.h5")
        let weights = try ["d.h5", "junk.h5"].map { name in
            let trainer = try Trainer(folder.plan("epochs = 2", dataset: name))
            try trainer.run()
            return try trainer.modelTensors(folder, "m")
        }
        #expect(weights[0] == weights[1])
    }

    @Test("the average of weights is what is kept: that of no memory is the last weights")
    func average() throws {
        let tensors = try ["", "average = 0.0", "average = 0.9"].map { settings in
            let trainer = try Trainer(folder.plan("epochs = 2\nlearning_rate = 0.01\n" + settings))
            try trainer.run()
            return try trainer.modelTensors(folder, "m")
        }
        #expect(tensors[0] == tensors[1])
        #expect(tensors[0] != tensors[2])
    }

    @Test("a clipped gradient makes a short step")
    func clipped() throws {
        let sgd = "optimiser = { kind = \"sgd\", weight_decay = 0.0, momentum = 0.0 }\nepochs = 1\n"
        let start = try Trainer(folder.plan(sgd)).modelTensors(folder, "a").flatMap(\.floats)
        let moved = try ["", "clip = 1e-4"].map { settings in
            let trainer = try Trainer(
                folder.plan(sgd + "learning_rate = 0.1\nschedule = \"constant\"\n" + settings))
            try trainer.run()
            let end = try trainer.modelTensors(folder, "b").flatMap(\.floats)
            return zip(start, end).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        // Two steps of at most 0.1 · 10⁻⁴.
        #expect(moved[1] > 0 && moved[1] < 2.1e-5)
        #expect(moved[0] > 1e-3)
    }

    @Test("a training that gets no better ends early, and keeps the best weights")
    func earlyStopping() throws {
        let trainer = try Trainer(
            folder.plan("epochs = 200\npatience = 3\nlearning_rate = 0.5\nschedule = \"constant\""))
        #expect(try trainer.run() == .stoppedEarly)
        let best = try #require(trainer.bestEpoch)
        #expect(trainer.history.count == best + 3)
        let losses = trainer.history.compactMap(\.validationLoss)
        #expect(losses.min() == losses[best - 1])
    }

    @Test("a training that dies tells step and layer, and keeps what was good")
    func death() throws {
        let trainer = try Trainer(
            folder.plan("epochs = 50\nlearning_rate = 1e30\nschedule = \"constant\"\noptimiser = \"sgd\""))
        var checkpoints = 0
        let failure = #expect(throws: TrainingFailure.self) {
            try trainer.run(isCancelled: { false }, observe: { _ in }, checkpoint: { checkpoints += 1 })
        }
        #expect(checkpoints == 1)
        #expect(failure.map { $0.step > 1 && $0.layer != nil && $0.advice.contains("learning_rate") } == true)
    }

    @Test("a training that died goes on with a lower rate from the last good weights")
    func rescued() throws {
        let deadly = "epochs = 5\nschedule = \"constant\"\noptimiser = \"sgd\"\nlearning_rate = "
        let checkpoint = folder.file("c.safetensors")
        let first = try Trainer(folder.plan(deadly + "1e30"))
        #expect(throws: TrainingFailure.self) {
            try first.run(
                isCancelled: { false }, observe: { _ in },
                checkpoint: { try first.writeCheckpoint(to: checkpoint, fingerprint: first.plan.identity) })
        }
        let plan = try folder.plan(deadly + "1e-3")
        #expect(plan.identity == first.plan.identity)
        #expect(try plan.identity != folder.plan("seed = 2").identity)
        try Trainer(plan).readCheckpoint(checkpoint, fingerprint: plan.identity)
    }

    @Test("values that are not finite in the validation split are no best loss")
    func brokenValidation() throws {
        try TinyData(change: { if $0 == 5 { $1[3] = .nan } }).write(folder, "v.h5")
        let trainer = try Trainer(folder.plan("epochs = 1", dataset: "v.h5"))
        #expect(throws: TrainingError.self) { try trainer.run() }
    }

    @Test("a sweep over rates ends where the training breaks, and suggests a rate below")
    func rateSweep() throws {
        let sweep = try RateSweep(
            folder.plan("epochs = 1\noptimiser = \"sgd\""), rates: 1e-5...1e4, steps: 60)
        let suggestion = try #require(sweep.suggestion)
        #expect(sweep.points.count < 60)
        #expect(suggestion > 1e-5 && suggestion < 10)
    }

    @Test("the normaliser sees the training split only, and the fluid only")
    func normalisers() throws {
        try TinyData(
            hasMask: true,
            change: { sample, output in
                if sample >= 4 { output = output.map { $0 + 1000 } }
                for i in stride(from: 0, to: output.count, by: 8) { output[i] = 1e6 }
            }
        ).write(folder, "junk.h5")
        let ours = try Self.description(folder, "d.h5")
        let other = try Self.description(folder, "junk.h5")
        #expect(ours == other)
    }

    @Test("a channel that never changes has deviation 1")
    func constantChannel() throws {
        try TinyData(change: { _, output in for i in 64..<128 { output[i] = 7 } }).write(folder, "c.h5")
        let outputs = try Self.description(folder, "c.h5")
        #expect(outputs.mean[1] == 7 && outputs.deviation[1] == 1)
    }

    private static func description(_ folder: TrainingFolder, _ name: String) throws -> ChannelNormaliser {
        let trainer = try Trainer(folder.plan("epochs = 1", dataset: name))
        try trainer.writeModel(to: folder.file("m"), datasetSHA256: "", toolVersion: "")
        return try TrainedModel(reading: folder.file("m")).description.outputs
    }
}
