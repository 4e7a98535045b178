import Archive
import Foundation
import Training

/// Losses over epochs, from what lies beside a model: the table of a training, or the checkpoint of one under way.
enum TrainingCurves {
    /// The newer of the two; nil where there is neither.
    static func columns(of model: String) throws -> [SeriesColumn]? {
        let stem = model.withoutEnding
        let (table, checkpoint) = (stem + ".history.csv", stem + ".checkpoint.safetensors")
        switch (modified(table), modified(checkpoint)) {
        case (nil, nil): return nil
        case (let written?, let kept) where kept.map({ $0 <= written }) ?? true: return parse(table)
        default: return columns(try history(of: checkpoint))
        }
    }

    /// Epochs as columns.
    static func columns(_ history: [EpochRecord]) -> [SeriesColumn] {
        [
            SeriesColumn("epoch", history.map { Double($0.epoch) }),
            SeriesColumn("training_loss", history.map(\.trainingLoss)),
            SeriesColumn("validation_loss", history.map { $0.validationLoss ?? .nan }),
            SeriesColumn("validation_relative_l2", history.map { $0.validationError ?? .nan }),
            SeriesColumn("learning_rate", history.map(\.learningRate)),
            SeriesColumn("seconds", history.map(\.seconds)),
        ]
    }

    private static func modified(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }

    /// A table of numbers; a line that is being written does not count.
    private static func parse(_ path: String) -> [SeriesColumn]? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let names = rows.first else { return nil }
        let complete = rows.dropFirst().filter { $0.count == names.count }
        return names.enumerated().map { index, name in
            SeriesColumn(String(name), complete.map { Double($0[index]) ?? .nan })
        }
    }

    private struct Numbers: Decodable {
        var history: [EpochRecord]
    }

    private static func history(of checkpoint: String) throws -> [EpochRecord] {
        let texts = try SafetensorsFile(reading: checkpoint).metadata.values
        return texts.lazy.compactMap { try? JSONDecoder().decode(Numbers.self, from: Data($0.utf8)) }.first?
            .history
            ?? []
    }
}
