import Foundation
import Training

/// Tells how a training goes: on a terminal one row an epoch with a line below that rewrites itself, elsewhere at most one
/// row a minute, or nothing.
final class TrainTeller {
    private let console: Console
    private let started = monotonicSeconds()
    private var first: Trainer.Progress?
    private var nextRow: Double
    private var nextLine = 0.0
    private var hasHeading = false

    init(_ console: Console) {
        self.console = console
        nextRow = console.errors.isInteractive ? 0 : started + 60
    }

    /// Shows where the training stands, where that is due.
    func tell(_ progress: Trainer.Progress) {
        guard !console.manner.quiet else { return }
        if first == nil { first = progress }
        let now = monotonicSeconds()
        if let record = progress.finished {
            let isLast = progress.epoch == progress.epochs
            guard now >= nextRow || (isLast && hasHeading) else { return }
            clear()
            if !hasHeading { console.writeToErrors(Self.heading + "\n") }
            hasHeading = true
            console.writeToErrors(Self.row(record, left: left(progress, now)) + "\n")
            nextRow = console.errors.isInteractive ? now + 1 : now + 60
        } else if console.errors.isInteractive, now >= nextLine {
            console.writeToErrors("\r\(line(progress, now))\u{1B}[K")
            nextLine = now + 0.2
        }
    }

    /// Removes the line.
    func finish() { clear() }

    private func clear() {
        if !console.manner.quiet, console.errors.isInteractive { console.writeToErrors("\r\u{1B}[K") }
    }

    private func line(_ progress: Trainer.Progress, _ now: Double) -> String {
        let facts = [
            "epoch \(progress.epoch)/\(progress.epochs)", "step \(progress.step)/\(progress.steps)",
            "loss \(significant(progress.loss))",
            left(progress, now).map { "\(ProgressText.duration($0)) left" } ?? "",
        ]
        return facts.joined(separator: "  ")
    }

    /// Seconds to the last epoch at the rate so far.
    private func left(_ progress: Trainer.Progress, _ now: Double) -> Double? {
        guard let first else { return nil }
        let place = { (p: Trainer.Progress) in Double(p.epoch - 1) + Double(p.step) / Double(max(1, p.steps))
        }
        let done = place(progress) - place(first)
        return done > 0 ? (now - started) / done * (Double(progress.epochs) - place(progress)) : nil
    }

    private static let heading = "epoch    training  validation    error     rate  seconds  left"

    private static func row(_ record: EpochRecord, left: Double?) -> String {
        let number = { (value: Double?) in value.map { String(format: "%.4g", $0) } ?? "–" }
        let cells = [
            padded("\(record.epoch)", 5), padded(number(record.trainingLoss), 10),
            padded(number(record.validationLoss), 10), padded(number(record.validationError), 7),
            padded(String(format: "%.1e", record.learningRate), 7),
            padded(String(format: "%.1f", record.seconds), 7),
            left.map(ProgressText.duration) ?? "",
        ]
        return cells.joined(separator: "  ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
