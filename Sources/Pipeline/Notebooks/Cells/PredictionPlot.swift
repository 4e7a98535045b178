import Archive
import Figures
import Foundation

/// A prediction beside the truth and its error.
enum PredictionPlot {
    /// The figure of one predicted sample; nil: the first one.
    ///
    /// - Throws: `ArchiveError`, `FigureError`, and `ToolError` where there is no such prediction.
    static func figure(
        _ predictions: String, of dataset: String, sample: Int?, look: PlotVerb.Look
    ) throws -> Figure {
        guard !dataset.isEmpty else {
            throw ToolError(
                "predictions are shown beside the samples of a dataset",
                advice: "write file = \"{{id.dataset}}\"")
        }
        let reader = try DatasetFileReader(dataset)
        let stored = try StoredPredictions(predictions, reader: reader)
        let predicted = reader.statuses.indices.filter(stored.covers)
        guard let shown = sample ?? predicted.first, stored.covers(shown) else {
            let list = predicted.map(String.init).joined(separator: ", ")
            throw ToolError("sample \(sample ?? 0) was not predicted", advice: "predicted are \(list)")
        }
        return try PredictionPicture(reader: reader, look: look).comparison(
            shown, prediction: try stored.predict(shown))
    }
}
