import Figures
import Training

/// The history of a training as a table and as a picture.
struct TrainHistory {
    private let records: [EpochRecord]

    init(_ records: [EpochRecord]) { self.records = records }

    /// Writes both; nothing where no epoch has ended. Throws `ToolError`, `FigureError`.
    func write(table: String, picture: String) throws {
        guard !records.isEmpty else { return }
        try AtomicOutput.write(csv, to: table)
        guard records.count > 1 else { return }
        let figure = try SeriesPicture.histories(profiles, xLabel: "epoch", scale: .logarithmic)
        try figure.write(to: picture)
    }

    /// One row an epoch.
    var csv: String {
        let number = { (value: Double?) in value.map { "\($0)" } ?? "" }
        let rows = records.map { record in
            [
                "\(record.epoch)", "\(record.step)", "\(record.trainingLoss)", number(record.validationLoss),
                number(record.validationError), "\(record.learningRate)", "\(record.seconds)",
            ].joined(separator: ",")
        }
        return
            (["epoch,step,training_loss,validation_loss,validation_relative_l2,learning_rate,seconds"] + rows)
            .joined(separator: "\n") + "\n"
    }

    private var profiles: [Profile] {
        let epochs = records.map { Double($0.epoch) }
        var losses = [Curve(x: epochs, y: records.map(\.trainingLoss), label: "training")]
        let validation = records.compactMap(\.validationLoss)
        let errors = records.compactMap(\.validationError)
        guard validation.count == epochs.count, errors.count == epochs.count else {
            return [Profile(field: "loss", curves: losses)]
        }
        losses.append(Curve(x: epochs, y: validation, label: "validation"))
        return [
            Profile(field: "loss", curves: losses),
            Profile(
                field: "relative L2", curves: [Curve(x: epochs, y: errors, label: "validation")]),
        ]
    }
}
