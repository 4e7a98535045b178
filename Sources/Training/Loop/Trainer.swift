import Archive
import Foundation
import Numerics
import Operators
import Tensors

/// Trains a model as a plan says.
///
/// What it does is a function of the plan and the number of threads alone: a training that was interrupted and resumed
/// ends with the same weights, to the bit, as one that was not.
public final class Trainer {
    /// Where a training is.
    public struct Progress: Sendable {
        /// The epoch under way, from 1.
        public var epoch: Int
        /// Epochs that are planned.
        public var epochs: Int
        /// Steps of the epoch that are done.
        public var step: Int
        /// Steps of one epoch.
        public var steps: Int
        /// The mean loss of the epoch so far.
        public var loss: Double
        /// The loss of the last step, before it was taken.
        public var stepLoss: Double
        /// The learning rate of the last step.
        public var learningRate: Double
        /// The epoch that has just ended.
        public var finished: EpochRecord?
    }

    /// How a training ended.
    public enum Ending: String, Sendable, Codable {
        /// All epochs are done.
        case completed
        /// The validation loss has not become better for long.
        case stoppedEarly = "stopped early"
        /// Somebody asked for it.
        case interrupted
    }

    /// What is trained.
    public let plan: TrainingPlan
    /// The finished epochs.
    public var history: [EpochRecord] { state.numbers.history }
    /// The epoch whose weights are kept; nil before the first has ended.
    public var bestEpoch: Int? { state.numbers.bestEpoch }
    /// The number of weights.
    public var parameterCount: Int { network.parameters.count }

    let network: OperatorNetwork<Float>
    let state: TrainingState
    let source: BatchSource
    private let order: EpochOrder
    private let items: [TrainingItem]
    let validationItems: [TrainingItem]
    var stepLoss = 0.0
    private var programs: [Int: LearningProgram] = [:]

    /// Compiles the model for the batches of the plan.
    ///
    /// - Throws: `OperatorError` where the model cannot work on the grid.
    public init(_ plan: TrainingPlan) throws {
        self.plan = plan
        let options = plan.options
        network = try OperatorNetwork(
            plan.model, spatial: plan.layout.cellShape, seed: options.seed,
            workers: Workers(count: options.threads), precision: options.precision)
        state = TrainingState(
            network.parameters, options.makeOptimiser(options.learningRate), averages: options.average != nil)
        let reader = try plan.reader
        source = BatchSource(
            reader: reader, inputs: plan.inputs, outputs: plan.outputs, weights: options.weights,
            isWeighted: plan.isWeighted, augmentation: try plan.augmentation)
        order = EpochOrder(seed: options.seed)
        items = reader.items(plan.trainingSamples)
        validationItems = reader.items(plan.validationSamples)
    }

    private var samplesPerStep: Int { plan.options.batch * plan.options.accumulate }
    /// Steps of one epoch.
    public var stepsPerEpoch: Int { (items.count + samplesPerStep - 1) / samplesPerStep }

    /// Trains until the plan is fulfilled, or somebody asks to stop.
    ///
    /// - Parameters:
    ///   - isCancelled: Asked after every step.
    ///   - observe: Told after every step, and after every epoch.
    ///   - checkpoint: Called when one is due, at an interruption and before a failure is thrown.
    /// - Throws: ``TrainingFailure`` where numbers are no longer finite, `ArchiveError`, what `checkpoint` throws.
    public func run(
        isCancelled: () -> Bool, observe: (Progress) -> Void, checkpoint: () throws -> Void
    ) throws -> Ending {
        var due = ContinuousClock.now + .seconds(plan.options.checkpointSeconds)
        while state.numbers.epoch < plan.options.epochs {
            if hasWaitedEnough { return .stoppedEarly }
            let started = ContinuousClock.now
            let before = state.numbers.seconds
            let batches = batches(epoch: state.numbers.epoch, from: state.numbers.stepInEpoch)
            defer { batches.cancel() }
            while let group = try batches.next() {
                try step(group, checkpoint)
                state.numbers.seconds = before + (ContinuousClock.now - started).inSeconds
                observe(progress())
                if isCancelled() {
                    try checkpoint()
                    return .interrupted
                }
                if ContinuousClock.now >= due {
                    try checkpoint()
                    due = ContinuousClock.now + .seconds(plan.options.checkpointSeconds)
                }
            }
            try finishEpoch { before + (ContinuousClock.now - started).inSeconds }
            observe(progress(finished: state.numbers.history.last))
        }
        return .completed
    }

    /// Writes the kept weights. Throws `ArchiveError`.
    public func writeModel(to path: String, datasetSHA256: String, toolVersion: String) throws {
        var description = ModelDescription(plan, datasetSHA256: datasetSHA256, toolVersion: toolVersion)
        description.history = state.numbers.history
        description.bestEpoch = state.numbers.bestEpoch
        try state.withWeights(state.best.values(of: Float.self)) {
            try ModelFile.write(description, network.parameters, to: path)
        }
    }

    /// Writes everything that a resumed training needs. Throws `ArchiveError`.
    public func writeCheckpoint(to path: String, fingerprint: String) throws {
        try state.write(to: path, fingerprint: fingerprint)
    }

    /// Goes back to a checkpoint. Throws `ArchiveError` and ``TrainingError``.
    public func readCheckpoint(_ path: String, fingerprint: String) throws {
        try state.read(path, fingerprint: fingerprint)
    }

    /// The batches of the steps of an epoch, made ahead on a thread of their own.
    private func batches(epoch: Int, from first: Int) -> Prefetcher<[Batch]> {
        let shuffled = order.shuffled(items, epoch: epoch)
        let (source, order, size, perStep) = (source, order, plan.options.batch, samplesPerStep)
        return Prefetcher(first..<stepsPerEpoch) { step in
            let end = min(shuffled.count, (step + 1) * perStep)
            return try stride(from: step * perStep, to: end, by: size).map { start in
                let range = start..<min(end, start + size)
                var batch = try source.batch(
                    shuffled[range], streams: range.map { order.stream($0, epoch: epoch) })
                // One number for all batches of a step: together they are one batch.
                batch.pushes = order.choice(step * perStep, epoch: epoch, of: batch.targets.count)
                return batch
            }
        }
    }

    /// Where the training is, for schedules.
    var moment: TrainingMoment {
        TrainingMoment(
            step: state.numbers.step, stepsPerEpoch: stepsPerEpoch, epochs: plan.options.epochs,
            validationLosses: state.numbers.history.compactMap(\.validationLoss))
    }

    /// The program for batches of a size.
    func compiled(_ count: Int) throws -> LearningProgram {
        if let known = programs[count] { return known }
        var settings = LearningProgram.Settings(
            layout: plan.layout, loss: plan.options.loss, isWeighted: plan.isWeighted,
            isMasked: plan.masksStates)
        if plan.layout.task == .rollout { settings.steps = plan.options.rollout.differentiatedSteps }
        settings.residual = plan.flowScales.map { (plan.options.residual.weight, $0) }
        settings.recomputes = plan.options.recomputes
        let made = try LearningProgram(network, count: count, settings)
        programs[count] = made
        return made
    }

    private var hasWaitedEnough: Bool {
        guard let patience = plan.options.patience, let best = state.numbers.bestEpoch else { return false }
        return state.numbers.epoch - best >= patience
    }

    private func progress(finished: EpochRecord? = nil) -> Progress {
        let numbers = state.numbers
        return Progress(
            epoch: finished?.epoch ?? numbers.epoch + 1, epochs: plan.options.epochs,
            step: finished == nil ? numbers.stepInEpoch : stepsPerEpoch, steps: stepsPerEpoch,
            loss: numbers.lossCount > 0
                ? numbers.lossSum / Double(numbers.lossCount) : finished?.trainingLoss ?? 0,
            stepLoss: stepLoss, learningRate: numbers.learningRate,
            finished: finished)
    }
}

extension Duration {
    /// In seconds.
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
