import Archive
import Calibration
import Foundation

/// A calibration before it begins: what is fitted, and where everything goes.
struct CalibrationPlan {
    let path: String
    let study: Study
    /// The result file.
    let output: String
    /// Tells calibrations apart: what is computed and the seed. Workers and budget may change between the parts of one
    /// calibration; where the method asks for other points then, these are computed.
    let fingerprint: String

    /// Reads the calibration file. Throws `InvalidInput` with everything that is wrong in it.
    init(_ verb: CalibrateVerb) throws {
        path = verb.path
        let name = ((verb.path as NSString).lastPathComponent as NSString).deletingPathExtension
        output = verb.output ?? name + ".h5"
        let stem = (output as NSString).deletingPathExtension
        var study = try Study.read(path: verb.path, scratch: stem + ".calibration", arrays: StoredArrays())
        if let budget = verb.budget { study.options.budget = budget }
        if let workers = verb.workers { study.options.workers = workers }
        if let seed = verb.seed { study.options.seed = seed }
        try study.replaceOperator(verb.operatorPath, dataset: verb.dataset)
        self.study = study
        var identity = "\(study.text)\u{0}\(study.options.seed)"
        for description in [study.model] + [study.surrogate?.model].compactMap({ $0 }) {
            for path in description.files {
                identity += "\u{0}" + ((try? Fingerprint.sha256(ofFile: path)) ?? "")
            }
        }
        fingerprint = Fingerprint.sha256(of: identity)
    }

    /// Where the log of evaluations and the folders of workers are.
    var folder: String { (output as NSString).deletingPathExtension + ".calibration" }
    var logPath: String { folder + "/evaluations.jsonl" }
    var lockPath: String { folder + "/lock" }
    /// The best parameters, as TOML.
    var bestPath: String { (output as NSString).deletingPathExtension + ".best.toml" }

    /// The calibration as the registry lists it.
    func record(started: Date) -> RunRecord {
        RunRecord(
            verb: "calibrate", title: study.title, started: started, inputPath: path,
            inputSHA256: Fingerprint.sha256(of: study.text),
            outputPath: URL(fileURLWithPath: output).standardizedFileURL.path,
            toolVersion: ToolVersion.current, cells: nil)
    }

    /// The model of the study.
    func makeModel() throws -> any Model { try makeModel(study.model) }

    /// The model of a description.
    func makeModel(_ description: ModelDescription) throws -> any Model {
        switch description {
        case .expression(let formulas): ExpressionModel(formulas, study: study)
        case .process(let process): ProcessModel(process, sites: study.sites.map(\.name))
        case .flow(let path): try FlowModel(path: path, study: study)
        case .surrogate(let surrogate): try SurrogateModel(surrogate, study: study)
        }
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
    /// Files besides the study that decide what is computed.
    fileprivate var files: [String] {
        switch self {
        case .expression, .process: []
        case .flow(let path): [path]
        case .surrogate(let surrogate): [surrogate.model, surrogate.flowCase]
        }
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
