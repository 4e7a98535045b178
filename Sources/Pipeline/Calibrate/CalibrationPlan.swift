import Archive
import Calibration
import Foundation
import Schema

/// A calibration before it begins: what is fitted, and where everything goes.
struct CalibrationPlan {
    let path: String
    let study: Study
    /// The result file.
    let output: String
    /// Tells calibrations apart: the study and the seed. Workers and budget may change between the parts of one
    /// calibration; where the method asks for other points then, these are computed.
    let fingerprint: String
    /// Digests of the files besides the study that decide what is computed, by their names without folders: a
    /// calibration may be moved between its parts.
    let files: [String: String]
    /// The cases that models compute, as they are now, by path.
    private let cases: [String: FrozenCase]

    /// Reads the calibration file. Throws `InvalidInput` with everything that is wrong in it.
    init(_ verb: CalibrateVerb) throws {
        if let output = verb.output { try Output.checkName(output) }
        path = verb.path
        let name = verb.path.stem
        output = verb.output ?? name + ".h5"
        let stem = output.withoutEnding
        var study = try Study.read(path: verb.path, scratch: stem + ".calibration", arrays: StoredArrays())
        if let budget = verb.budget { study.options.budget = budget }
        if let workers = verb.workers { study.options.workers = workers }
        if let seed = verb.seed { study.options.seed = seed }
        try study.replaceOperator(verb.operatorPath, dataset: verb.dataset)
        self.study = study
        let models = [study.model] + [study.surrogate?.model].compactMap { $0 }
        let frozen = try models.compactMap(\.flowCase).map { try FrozenCase(path: $0) }
        cases = Dictionary(frozen.map { ($0.path, $0) }) { first, _ in first }
        let weights = models.compactMap(\.weights).map { path in
            ((path as NSString).lastPathComponent, (try? Fingerprint.sha256(ofFile: path)) ?? "")
        }
        files = Dictionary(weights + frozen.flatMap(\.digests)) { $0 == $1 ? $0 : $0 + $1 }
        fingerprint = Fingerprint.sha256(of: "\(study.text)\u{0}\(study.options.seed)")
    }

    /// What is written, and what of.
    func result(_ verb: CalibrateVerb) -> Output {
        let named = [verb.operatorPath, verb.dataset].compactMap { $0 }
        return Output(output, .data, from: [path] + named, with: [bestPath])
    }

    /// Where the log of evaluations and the folders of workers are.
    var folder: String { output.withoutEnding + ".calibration" }
    var logPath: String { folder + "/evaluations.jsonl" }
    var lockPath: String { folder + "/lock" }
    /// The best parameters, as TOML.
    var bestPath: String { output.withoutEnding + ".best.toml" }

    /// The calibration as the registry lists it.
    func record(started: Date) -> RunRecord {
        RunRecord(
            verb: "calibrate", title: study.title, started: started, inputPath: path,
            inputSHA256: Fingerprint.sha256(of: study.text),
            outputPath: URL(fileURLWithPath: output).standardizedFileURL.path,
            toolVersion: ToolVersion.current, cells: nil)
    }

    /// The model of the study.
    ///
    /// - Parameter notice: Is told at once what looks wrong with an outside program.
    func makeModel(notice: @escaping @Sendable (String) -> Void) throws -> any Model {
        if case .process(let process) = study.model {
            return ProcessModel(process, sites: study.sites.map(\.name), notice: notice)
        }
        return try makeModel(study.model)
    }

    /// The model of a description.
    func makeModel(_ description: ModelDescription) throws -> any Model {
        switch description {
        case .expression(let formulas): ExpressionModel(formulas, study: study)
        case .process(let process): ProcessModel(process, sites: study.sites.map(\.name))
        case .flow(let path): try FlowModel(document(path), study: study)
        case .surrogate(let surrogate):
            try SurrogateModel(surrogate, flowCase: document(surrogate.flowCase), study: study)
        }
    }

    /// A case as it was when the plan was made. Writes copies of the files that its bodies name.
    private func document(_ path: String) throws -> Document {
        try (cases[path] ?? FrozenCase(path: path)).document(withCopiesIn: folder + "/bodies")
    }
}

extension Study {
    /// Another operator than the file says, or its dataset. Throws `ToolError` where the file asks for none.
    fileprivate mutating func replaceOperator(_ path: String?, dataset: String?) throws {
        guard path != nil || dataset != nil else { return }
        guard case .surrogate(var description)? = surrogate?.model else {
            throw ToolError(
                "the calibration searches on no trained operator: nothing to replace",
                advice: "add [surrogate] with kind = \"surrogate\" to the calibration file")
        }
        if let path { description.model = path }
        if let dataset { description.dataset = dataset }
        surrogate?.model = .surrogate(description)
    }
}

extension ModelDescription {
    /// The case that the model computes.
    fileprivate var flowCase: String? {
        switch self {
        case .expression, .process: nil
        case .flow(let path): path
        case .surrogate(let surrogate): surrogate.flowCase
        }
    }

    /// The trained operator that the model asks.
    fileprivate var weights: String? {
        if case .surrogate(let surrogate) = self { return surrogate.model }
        return nil
    }
}

extension CommandError: ToolErrorConvertible {
    /// Bad input.
    public var toolError: ToolError { ToolError(description) }
}

extension ReplyError: ToolErrorConvertible {
    /// Bad input: the file observes what the model does not say.
    public var toolError: ToolError {
        ToolError(
            "the model's answers do not fit the observations: \(description)",
            advice: "mend the observations' columns output and index, or the model's answer")
    }
}
