import Archive
import Foundation
import Training

/// A training before it begins: what is trained, and where everything goes.
struct TrainPlan {
    let path: String
    let plan: TrainingPlan
    /// The model file.
    let output: String
    /// SHA-256 of the dataset file.
    let datasetSHA256: String
    /// Tells trainings apart.
    let fingerprint: String

    /// Reads the training file and looks at the dataset. Throws with everything that is wrong.
    init(_ verb: TrainVerb) throws {
        if let output = verb.output { try Output.checkName(output) }
        path = verb.path
        let name = verb.path.stem
        output = verb.output ?? name + ".safetensors"
        var file = try TrainingFile(path: verb.path)
        if let dataset = verb.dataset { file.datasetPath = dataset }
        if let epochs = verb.epochs { file.options.epochs = epochs }
        if let seed = verb.seed { file.options.seed = seed }
        if let threads = verb.threads { file.options.threads = threads }
        plan = try TrainingPlan(file)
        datasetSHA256 = try Fingerprint.sha256(ofFile: file.datasetPath)
        fingerprint = Fingerprint.sha256(of: "\(plan.identity)\u{0}\(datasetSHA256)")
    }

    /// What is written, and what of.
    var result: Output {
        Output(
            output, .model, from: [path, plan.file.datasetPath],
            with: [checkpointPath, tablePath, picturePath])
    }

    private var stem: String { output.withoutEnding }
    /// What a resumed training goes on with.
    var checkpointPath: String { stem + ".checkpoint.safetensors" }
    var lockPath: String { output + ".lock" }
    /// One row an epoch.
    var tablePath: String { stem + ".history.csv" }
    /// The losses over the epochs.
    var picturePath: String { stem + ".history.svg" }

    /// The training as the registry lists it.
    func record(started: Date) -> RunRecord {
        RunRecord(
            verb: "train", title: (path as NSString).lastPathComponent, started: started, inputPath: path,
            inputSHA256: Fingerprint.sha256(of: plan.file.text),
            outputPath: URL(fileURLWithPath: output).standardizedFileURL.path,
            toolVersion: ToolVersion.current)
    }
}
