import Archive
import Foundation
import Training

/// One call of `hugoniot train`: trains, writes the model and its history.
struct TrainSession {
    let train: TrainPlan
    let verb: TrainVerb
    let console: Console

    /// Carries the training out. Throws where it cannot begin, where it dies, or where results cannot be written.
    func run() throws -> TrainReport {
        if let done = try finishedBefore() { return done }
        try prepare()
        let lock = try FileLock(train.lockPath, busy: "another training writes \(train.output)")
        defer {
            unlink(train.lockPath)
            withExtendedLifetime(lock) {}
        }
        let trainer = try Trainer(train.plan)
        if verb.resume, FileManager.default.fileExists(atPath: train.checkpointPath) {
            try trainer.readCheckpoint(train.checkpointPath, fingerprint: train.fingerprint)
        }
        let started = monotonicSeconds()
        let journal = RunJournal(train.record(started: Date()), warn: console.warn)
        Interruption.listen()
        defer { Interruption.stopListening() }
        do {
            let report = try run(trainer, started)
            journal.end(
                report.ending.rawValue, steps: report.steps, seconds: report.seconds,
                extra: try? jsonText(["history": trainer.history]))
            return report
        } catch {
            journal.end("failed", seconds: monotonicSeconds() - started)
            throw error
        }
    }

    /// A training that was complete before; nil where there is something to do. Throws where the model file is damaged.
    private func finishedBefore() throws -> TrainReport? {
        let files = FileManager.default
        guard verb.resume, files.fileExists(atPath: train.output),
            !files.fileExists(atPath: train.checkpointPath)
        else { return nil }
        let model = try TrainedModel(reading: train.output)
        guard model.description.training == train.plan.file.text,
            model.description.datasetSHA256 == train.datasetSHA256
        else { return nil }
        console.note("\(train.output) is complete already; nothing to resume")
        return TrainReport(train, model)
    }

    /// Makes room for what is written. Throws `ToolError` where something is in the way.
    private func prepare() throws {
        let files = FileManager.default
        let isInterrupted = files.fileExists(atPath: train.checkpointPath)
        try train.result.check(overwrite: verb.overwrite || (verb.resume && isInterrupted))
        guard isInterrupted else { return }
        if verb.overwrite { return try files.removeItem(atPath: train.checkpointPath) }
        guard verb.resume else {
            throw ToolError(
                "\(train.checkpointPath) is left of an interrupted training",
                advice: "continue it with --resume, or discard it with --overwrite")
        }
    }

    private func run(_ trainer: Trainer, _ started: Double) throws -> TrainReport {
        let teller = TrainTeller(console)
        console.note(
            "\(trainer.parameterCount) weights, \(train.plan.trainingSamples.count) samples to learn, "
                + "\(train.plan.validationSamples.count) to validate")
        defer { teller.finish() }
        var curve = LiveCurve(trainer.history, path: train.tablePath)
        let ending = try trainer.run(
            isCancelled: { Interruption.requested != nil },
            observe: {
                teller.tell($0)
                if let record = $0.finished { curve.append(record) }
            },
            checkpoint: {
                try trainer.writeCheckpoint(to: train.checkpointPath, fingerprint: train.fingerprint)
            })
        let status = Interruption.requested ?? .done
        try TrainHistory(trainer.history).write(table: train.tablePath, picture: train.picturePath)
        if ending != .interrupted {
            try trainer.writeModel(
                to: train.output, datasetSHA256: train.datasetSHA256, toolVersion: ToolVersion.current)
            try? FileManager.default.removeItem(atPath: train.checkpointPath)
        }
        return TrainReport(
            train, trainer, ending, status: ending == .interrupted ? status : .done,
            seconds: monotonicSeconds() - started)
    }
}

/// The table of a training as it grows, for those who watch: written at most once a second. What cannot be written now is
/// written, or complained about, at the end.
private struct LiveCurve {
    private var records: [EpochRecord]
    private let path: String
    private var next = 0.0

    init(_ records: [EpochRecord], path: String) {
        self.records = records
        self.path = path
    }

    mutating func append(_ record: EpochRecord) {
        records.append(record)
        let now = monotonicSeconds()
        guard now >= next else { return }
        try? AtomicOutput.write(TrainHistory(records).csv, to: path)
        next = now + 1
    }
}
