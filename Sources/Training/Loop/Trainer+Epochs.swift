/// The end of an epoch: validation, the best weights, the record.
extension Trainer {
    /// Validates, and notes what the epoch came to.
    func finishEpoch(_ seconds: () -> Double) throws {
        let evaluation = try validate()
        if let evaluation, !evaluation.loss.isFinite || !evaluation.error.isFinite {
            throw TrainingError(
                "the validation loss after epoch \(state.numbers.epoch + 1) is \(evaluation.loss)",
                advice: "look for values that are not finite in the validation split, or lower learning_rate")
        }
        var numbers = state.numbers
        let trainingLoss = numbers.lossSum / Double(max(1, numbers.lossCount))
        numbers.epoch += 1
        let loss = evaluation?.loss ?? -Double(numbers.epoch)
        if loss < numbers.bestLoss {
            (numbers.bestLoss, numbers.bestEpoch) = (loss, numbers.epoch)
            state.best.values(of: Float.self).update(from: state.evaluated, count: network.parameters.extent)
        }
        numbers.history.append(
            EpochRecord(
                epoch: numbers.epoch, step: numbers.step, trainingLoss: trainingLoss,
                validationLoss: evaluation?.loss, validationError: evaluation?.error,
                learningRate: numbers.learningRate, seconds: seconds()))
        (numbers.stepInEpoch, numbers.lossSum, numbers.lossCount, numbers.seconds) = (0, 0, 0, 0)
        state.numbers = numbers
    }

    /// Loss and error over the validation split; nil where there is none.
    private func validate() throws -> Evaluation? {
        guard !validationItems.isEmpty else { return nil }
        let (source, items, size) = (source, validationItems, plan.options.batch)
        let batches = Prefetcher(0..<(items.count + size - 1) / size) { index in
            try source.batch(items[(index * size)..<min(items.count, (index + 1) * size)])
        }
        defer { batches.cancel() }
        return try state.withWeights(state.evaluated) {
            var evaluation = Evaluation()
            while let batch = try batches.next() {
                let program = try filled(batch)
                program.forward()
                evaluation.add(program, batch, plan.outputs, channels: plan.layout.outputChannels.count)
            }
            if plan.layout.task == .rollout { evaluation.rolloutError = try rolloutError() }
            return evaluation
        }
    }
}

extension Trainer {
    /// The mean error of the validation samples' rollouts, each from its first state.
    private func rolloutError() throws -> Double {
        var single = source
        single.reader.steps = 1
        let rollout = Rollout(network: network, layout: plan.layout)
        let times = plan.dataset.times.count
        let errors = try plan.validationSamples.map { try rollout.error($0, single, times: times) }
        return errors.reduce(0, +) / Double(max(1, errors.count))
    }
}
