import Tensors

/// A step: its batches count as one, whether one program takes them all or several passes do.
extension Trainer {
    /// Takes a step; `checkpoint` is called before a failure is thrown, with the weights of before the step.
    func step(_ group: [Batch], _ checkpoint: () throws -> Void) throws {
        let optimiser = state.optimiser
        optimiser.learningRate = plan.options.learningRate * plan.options.schedule.factor(at: moment)
        // Before any gradient: an optimiser that takes several gradients takes them of the same function.
        let group = try group.map(pushed)
        var loss: Double?
        do {
            try optimiser.step(network.parameters, workers: network.workers) {
                let found = try differentiate(group)
                loss = loss ?? found
            }
        } catch let failure as TrainingFailure {
            try checkpoint()
            throw failure
        }
        note(loss ?? 0, samples: group.reduce(0) { $0 + $1.count })
    }

    /// The gradient of the mean over all batches of a step, clipped where that is asked for. Returns the loss.
    private func differentiate(_ group: [Batch]) throws -> Double {
        var mean = 0.0
        for (position, (batch, share)) in zip(group, shares(group)).enumerated() {
            let program = try compiled(batch.count)
            program.fill(batch)
            program.differentiate(share: share, accumulating: position > 0)
            mean += share * program.loss
        }
        try requireFinite(mean)
        if let clip = plan.options.clip { network.parameters.clipGradient(to: clip) }
        return mean
    }

    /// The part of every batch in the mean over all of them: that of its samples, or that of what its points weigh.
    private func shares(_ group: [Batch]) -> [Double] {
        let weighsPoints = plan.isWeighted && plan.options.loss.isMeanOverPoints
        let sizes = group.map { batch in
            weighsPoints ? batch.weights.reduce(0) { $0 + Double($1) } : Double(batch.count)
        }
        let total = sizes.reduce(0, +)
        return sizes.map { total > 0 ? $0 / total : 1 / Double(group.count) }
    }

    /// Nothing that is not finite reaches the weights.
    private func requireFinite(_ loss: Double) throws(TrainingFailure) {
        guard !loss.isFinite || !network.parameters.gradientNorm.isFinite else { return }
        throw TrainingFailure(
            epoch: state.numbers.epoch + 1, step: state.numbers.step + 1,
            layer: network.parameters.firstBrokenGradient, loss: loss,
            learningRate: state.optimiser.learningRate)
    }

    /// Notes that a step was taken.
    private func note(_ loss: Double, samples: Int) {
        stepLoss = loss
        state.numbers.learningRate = state.optimiser.learningRate
        state.numbers.step += 1
        state.numbers.stepInEpoch += 1
        state.numbers.lossSum += loss * Double(samples)
        state.numbers.lossCount += samples
        if let decay = plan.options.average { state.updateAverage(decay: decay) }
    }

    /// The program of a batch, with its fields.
    func filled(_ batch: Batch) throws -> LearningProgram {
        let program = try compiled(batch.count)
        program.fill(try pushed(batch))
        return program
    }

    /// A batch; where steps are pushed forward, those before the one that is learned are taken here.
    private func pushed(_ batch: Batch) throws -> Batch {
        guard plan.options.rollout.pushesForward else { return batch }
        var batch = batch
        let rollout = Rollout(network: network, layout: plan.layout)
        batch.targets = [batch.targets[batch.pushes]]
        for _ in 0..<batch.pushes {
            try rollout.advance(
                &batch.input, count: batch.count, weights: plan.masksStates ? batch.weights : [])
        }
        return batch
    }
}
