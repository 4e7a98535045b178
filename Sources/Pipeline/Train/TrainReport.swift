import Training

/// How a training ended, and what it came to.
public struct TrainReport: VerbReport {
    /// How it ended, as an exit code.
    public var status: ExitStatus
    /// How it ended, in a word.
    public var ending: Trainer.Ending
    /// The model file; null where the training was interrupted.
    public var output: String?
    /// What a resumed training goes on with, where it was interrupted.
    public var checkpoint: String?
    /// The kind of model and its arguments.
    public var parameters: Int
    /// Epochs that are done.
    public var epochs: Int
    /// Steps taken.
    public var steps: Int
    /// Wall time of this call in seconds.
    public var seconds: Double
    /// Mean wall time of an epoch in seconds.
    public var secondsPerEpoch: Double
    /// The epoch whose weights are kept.
    public var best: EpochRecord?

    init(
        _ train: TrainPlan, _ trainer: Trainer, _ ending: Trainer.Ending, status: ExitStatus, seconds: Double
    ) {
        self.status = status
        self.ending = ending
        output = ending == .interrupted ? nil : train.output
        checkpoint = ending == .interrupted ? train.checkpointPath : nil
        parameters = trainer.parameterCount
        let history = trainer.history
        epochs = history.count
        steps = history.last?.step ?? 0
        self.seconds = seconds
        secondsPerEpoch = history.isEmpty ? 0 : history.reduce(0) { $0 + $1.seconds } / Double(history.count)
        best = history.first { $0.epoch == trainer.bestEpoch }
    }

    /// A training that was complete before.
    init(_ train: TrainPlan, _ model: TrainedModel) {
        status = .done
        ending = .completed
        output = train.output
        parameters = model.parameterCount
        let history = model.description.history
        epochs = history.count
        steps = history.last?.step ?? 0
        seconds = 0
        secondsPerEpoch = history.isEmpty ? 0 : history.reduce(0) { $0 + $1.seconds } / Double(history.count)
        best = history.first { $0.epoch == model.description.bestEpoch }
    }

    /// A summary of work done.
    public var isAnswer: Bool { false }

    /// A row a fact.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init(""), .init("")])
        table.add(["ending", ending.rawValue])
        if let output { table.add(["model", output]) }
        if let checkpoint { table.add(["checkpoint", "\(checkpoint); continue with --resume"]) }
        table.add(["weights", "\(parameters)"])
        table.add([
            "epochs",
            "\(epochs) in \(ProgressText.duration(seconds)), \(ProgressText.duration(secondsPerEpoch)) each",
        ])
        if let best {
            table.add(["best epoch", "\(best.epoch)"])
            if let loss = best.validationLoss { table.add(["validation loss", significant(loss)]) }
            if let error = best.validationError { table.add(["validation relative L2", significant(error)]) }
        }
        return table.rendered(on: terminal)
    }
}
