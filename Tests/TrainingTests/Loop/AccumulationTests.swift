import Archive
import Foundation
import Testing
import Training

/// ‖a − b‖/‖a‖.
func relativeDistance(_ a: [Float], _ b: [Float]) -> Double {
    let (difference, norm) = zip(a, b).reduce(into: (0.0, 0.0)) { sums, pair in
        let (one, other) = (Double(pair.0), Double(pair.1))
        sums.0 += (one - other) * (one - other)
        sums.1 += one * one
    }
    return a.count == b.count ? (difference / norm).squareRoot() : .infinity
}

@Suite("Accumulated gradients") struct AccumulationTests {
    let folder: TrainingFolder

    init() throws { folder = try TrainingFolder() }

    /// A training whose weights have taken a few steps.
    private func trained(batch: Int, accumulate: Int, _ settings: String) throws -> Trainer {
        let text = """
            [data]
            file = "d.h5"
            [model]
            \(TinyData.model)
            [training]
            threads = 1
            epochs = 3
            batch = \(batch)
            accumulate = \(accumulate)
            \(settings)
            """
        let trainer = try Trainer(
            TrainingPlan(TrainingFile(text: text, file: folder.file("train.toml"))))
        try trainer.run()
        return trainer
    }

    /// How far the weights of two trainings are from each other, and their losses.
    private func distance(_ one: Trainer, _ other: Trainer) throws -> (weights: Double, losses: Double) {
        let losses = [one, other].map { $0.history.map { Float($0.trainingLoss) } }
        return (
            relativeDistance(try one.weights(folder), try other.weights(folder)),
            relativeDistance(losses[0], losses[1])
        )
    }

    @Test(
        "four batches of two step like one of eight, to rounding",
        arguments: [
            "optimiser = \"sgd\"", "optimiser = \"adamw\"", "optimiser = \"lbfgs\"", "optimiser = \"sam\"",
            "optimiser = { kind = \"sam\", radius = 0.5 }\nclip = 0.1",
            "optimiser = \"sam\"\naverage = 0.9\nmirrors = [\"x\"]\nscalars = [\"wave\"]",
        ])
    func equal(settings: String) throws {
        try TinyData(samples: 10, hasMask: true, splits: [("train", Array(0..<8)), ("validation", [8, 9])])
            .write(folder)
        let distance = try distance(
            trained(batch: 8, accumulate: 1, settings), trained(batch: 2, accumulate: 4, settings))
        #expect(distance.weights < 1e-5)
        #expect(distance.losses < 1e-5)
    }

    @Test(
        "where the last batch of an epoch is smaller, and where bodies differ, samples and points still count alike",
        arguments: ["relative-l2", "relative-l2-squared", "mse", "h1"], ["sgd", "sam"])
    func unequal(loss: String, optimiser: String) throws {
        let settings = "learning_rate = 1e-2\nloss = \"\(loss)\"\noptimiser = \"\(optimiser)\""
        var data = TinyData(samples: 7, hasMask: true, splits: [("train", Array(0..<7))])
        data.isBody = { sample, cell in cell % 8 <= sample / 2 }
        try data.write(folder)
        let distance = try distance(
            trained(batch: 4, accumulate: 1, settings), trained(batch: 2, accumulate: 2, settings))
        // Where gradients are small, adamw makes much of their rounding.
        #expect(distance.weights < (optimiser == "sam" ? 5e-5 : 1e-5))
        #expect(distance.losses < 1e-5)
    }

    @Test("a second gradient that is not finite ends the training with the weights of before the step")
    func brokenSecondGradient() throws {
        try TinyData().write(folder)
        let trainer = try Trainer(
            folder.plan("epochs = 1\naccumulate = 2\noptimiser = { kind = \"sam\", radius = 1e30 }"))
        let before = try trainer.weights(folder)
        var kept: [Float] = []
        let failure = #expect(throws: TrainingFailure.self) {
            try trainer.run(
                isCancelled: { false }, observe: { _ in }, checkpoint: { kept = try trainer.weights(folder) })
        }
        #expect(failure?.step == 1)
        #expect(kept == before)
    }
}
