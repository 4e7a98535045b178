import Calibration
import Datasets
import Flow
import Foundation
import Geometry
import Notebooks
import Schema
import Training

/// The kinds of files that people write for this tool. Adding one is a case here, a reader and a reference.
public enum InputKind: String, Sendable, CaseIterable {
    /// One computation.
    case flow = "case"
    /// Many of them.
    case sweep
    /// Parameters fitted to observations.
    case calibration
    /// A neural operator trained on a dataset.
    case training
    /// Bodies without a flow.
    case shape
    /// Prose with cells; Markdown, not TOML.
    case notebook

    /// The kind of a file, from the tables that only one kind has; a case where nothing tells.
    init(_ document: Document) {
        let has = { document.root[$0] != nil }
        let isFlow = ["domain", "initial", "time", "boundaries"].contains(where: has)
        if has("base") || has("design") || has("sweep") {
            self = .sweep
        } else if has("model"), has("parameters") || has("method") || has("observations") {
            self = .calibration
        } else if has("data") || has("training"), !isFlow {
            self = .training
        } else if has("shape") || has("body"), !isFlow {
            self = .shape
        } else {
            self = .flow
        }
    }

    /// Every key of such a file, as Markdown; shapes stand in the reference of cases.
    public var reference: String {
        switch self {
        case .flow, .shape: CaseReader.reference
        case .sweep: Campaign.reference
        case .calibration: Study.markdown
        case .training: TrainingFile.markdown
        case .notebook: NotebookVerbs.all.reference
        }
    }

    /// Everything that is wrong with a file of this kind.
    func problems(path: String) throws(InvalidInput) -> [Diagnostic] {
        switch self {
        case .notebook:
            _ = try NotebookReader.read(path: path, verbs: NotebookVerbs.all)
            return []
        case .shape:
            _ = try ShapeFile.read(path: path)
            return []
        case .sweep:
            _ = try Campaign.read(path: path)
            return []
        case .calibration:
            _ = try Study.read(
                path: path, scratch: NSTemporaryDirectory() + "hugoniot-validate", arrays: StoredArrays())
            return []
        case .training:
            return try training(TrainingFile(path: path))
        case .flow:
            let file = try CaseReader.read(path: path)
            let schedule = OutputSchedule.problem(file.flowCase, file: path)
            return ResultRegistry.diagnostics(for: file, path: path) + bodies(file.flowCase, path)
                + [schedule].compactMap { $0 }
        }
    }

    /// What does not fit the dataset, where that is there: before a sweep it is not.
    private func training(_ file: TrainingFile) -> [Diagnostic] {
        guard FileManager.default.fileExists(atPath: file.datasetPath) else { return [] }
        do {
            try TrainingPlan.check(file)
            return []
        } catch let error as InvalidInput {
            return error.diagnostics
        } catch {
            return [Diagnostic(at: Place(file: file.file), key: "data.file", message: "\(error)", hint: nil)]
        }
    }

    /// What is wrong with bodies on the grid of the case.
    private func bodies(_ flowCase: FlowCase, _ path: String) -> [Diagnostic] {
        do throws(BodyProblem) {
            try BodyCheck.check(flowCase)
            return []
        } catch {
            return [
                Diagnostic(at: Place(file: path), key: "body", message: error.description, hint: error.advice)
            ]
        }
    }
}
