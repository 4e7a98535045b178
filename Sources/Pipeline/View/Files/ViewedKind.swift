import Archive
import Foundation

/// Finds out what a file is, and opens it.
enum ViewedKind {
    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; a model or a calibration may be under way and not be written yet.
    ///   - others: Files that are shown with it: the truth of predictions is sought among these.
    /// - Throws: `ToolError`, `ArchiveError`, `TrainingError` saying what is wrong and what is allowed.
    static func open(_ path: String, among others: [String]) throws -> any Viewed {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw ToolError("\(path) is a folder", advice: "name a file in it") }
        switch (path as NSString).pathExtension.lowercased() {
        case "md": return try NotebookView(path)
        case "safetensors": return exists ? try ModelView(path) : try TrainingView(path)
        case "toml":
            throw ToolError(
                "\(path) is a file for people to write, not a result",
                advice: "run it, then view what it wrote: hugoniot run, sweep, train or calibrate")
        default: break
        }
        if !exists, FileManager.default.fileExists(atPath: CalibrationProgress.logPath(of: path)) {
            return try CalibrationProgress(path)
        }
        if try DatasetSummary.isDataset(path) { return try DatasetView(path) }
        switch try HugoniotFile.format(of: path) {
        case "hugoniot-run": return try RunView(path)
        case "hugoniot-geometry": return try GeometryView(path)
        case "hugoniot-predictions": return try PredictionView(path, among: others)
        case "hugoniot-calibration": return try CalibrationView(path)
        case let format:
            throw ToolError(
                "\(path) cannot be viewed: "
                    + (format.map { "it says format = \"\($0)\"" } ?? "it is no file of this program"),
                advice:
                    "what can be viewed: runs, geometries, datasets, predictions, models, calibrations, notebooks"
            )
        }
    }

    /// What changes where a file is written anew, or grows.
    static func watched(_ path: String) -> [String] {
        let stem = path.withoutEnding
        switch (path as NSString).pathExtension.lowercased() {
        case "safetensors": return [path, stem + ".history.csv", stem + ".checkpoint.safetensors"]
        case "md": return [path, stem + ".lock"]
        default: return [path, CalibrationProgress.logPath(of: path)]
        }
    }
}
