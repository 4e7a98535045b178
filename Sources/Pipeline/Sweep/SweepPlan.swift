import Archive
import Datasets
import Foundation

/// A sweep before it begins: its samples, and where everything goes.
struct SweepPlan: Sendable {
    let sweepPath: String
    let campaign: Campaign
    /// The samples of the dataset, in their order.
    let recipes: [SampleRecipe]
    /// The dataset file.
    let output: String
    /// Samples that run at the same time.
    let workers: Int
    /// Tells campaigns apart: the digest of the sweep file, the base case, the bodies' files and the
    /// program's version.
    let fingerprint: String

    /// What is written, and what of.
    var result: Output { Output(output, .data, from: [sweepPath], with: [output + ".tmp"]) }

    /// Reads the sweep file. Throws `InvalidInput` with everything that is wrong in it.
    init(_ verb: SweepVerb) throws {
        if let output = verb.output { try Output.checkName(output) }
        sweepPath = verb.sweepPath
        campaign = try Campaign.read(path: verb.sweepPath)
        let all = campaign.recipes()
        recipes = Array(all.prefix(verb.limit ?? all.count))
        let name = verb.sweepPath.stem
        output = verb.output ?? name + ".h5"
        let asked = verb.workers ?? campaign.run.workers
        let cores = ProcessInfo.processInfo.activeProcessorCount
        workers = asked > 0 ? asked : max(1, cores / max(1, campaign.run.threads))
        fingerprint = Self.fingerprint(of: campaign)
        guard !recipes.isEmpty else { throw ToolError("\(sweepPath) has no samples") }
    }

    static func fingerprint(of campaign: Campaign) -> String {
        let files = campaign.inputFiles.map { (try? Fingerprint.sha256(ofFile: $0)) ?? "unreadable" }
        return Fingerprint.sha256(
            of: ([campaign.text, campaign.base.text, ToolVersion.current] + files).joined(separator: "\u{0}"))
    }

    /// Where results wait for their place in the dataset.
    var folder: String { output.withoutEnding + ".sweep" }
    var registryPath: String { folder + "/registry.sqlite" }
    var lockPath: String { folder + "/lock" }
    /// The result of a sample.
    func resultPath(_ number: Int) -> String { folder + "/sample-\(Self.padded(number)).h5" }
    /// What the process of a sample said before it failed.
    func logPath(_ number: Int) -> String { folder + "/sample-\(Self.padded(number)).log" }

    private static func padded(_ number: Int) -> String { String(format: "%06d", number) }

    /// The time of the last state that is kept.
    var end: Double {
        switch campaign.task.kind {
        case .rollout(let times): times.last ?? 0
        case .steady: campaign.base.flowCase.time.end
        }
    }

    /// The dataset file as it begins. Nothing in it depends on the clock or the machine.
    func description() -> DatasetDescription {
        let (domain, cells) = (campaign.base.flowCase.domain, campaign.task.cells)
        let axes = cells.indices.map { axis in
            RunAxis.uniform(
                name: ["x", "y", "z"][axis], cells: cells[axis], lower: domain.lower[axis],
                upper: domain.upper[axis])
        }
        var times: [Double] = []
        if case .rollout(let asked) = campaign.task.kind { times = asked }
        return DatasetDescription(
            task: times.isEmpty ? .steady : .rollout, axes: axes, inputChannels: campaign.task.inputs,
            outputChannels: campaign.task.outputs, times: times,
            parameters: campaign.parameters.map { DatasetParameter($0.name, unit: $0.unit) },
            samples: recipes.map {
                DatasetSampleOrigin(
                    parameters: $0.parameters, seed: $0.seed, geometry: $0.geometry, family: $0.family)
            }, splits: splits(), toolVersion: ToolVersion.current, attributes: provenance)
    }

    private var provenance: [String: AttributeValue] {
        [
            "title": .text(campaign.title), "reference": .text(campaign.reference),
            "sweep": .text(campaign.text), "sweep_sha256": .text(Fingerprint.sha256(of: campaign.text)),
            "case": .text(campaign.base.text),
            "case_sha256": .text(Fingerprint.sha256(of: campaign.base.text)),
        ]
    }

    private func splits() -> [DatasetSplit] {
        SplitTable(campaign.splits, parameters: campaign.parameters.map(\.name), recipes: recipes).splits.map
        {
            DatasetSplit($0.name, $0.samples)
        }
    }

    /// The samples as the sweep's registry lists them at first.
    func registrySamples() throws -> [SweepSample] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try recipes.map { recipe in
            let text = String(decoding: try encoder.encode(RecipeRecord(recipe)), as: UTF8.self)
            return SweepSample(number: recipe.index, recipe: text)
        }
    }

    /// The sweep as the registry of runs lists it.
    func record(started: Date) -> RunRecord {
        RunRecord(
            verb: "sweep", title: campaign.title, started: started, inputPath: sweepPath,
            inputSHA256: Fingerprint.sha256(of: campaign.text),
            outputPath: URL(fileURLWithPath: output).standardizedFileURL.path,
            toolVersion: ToolVersion.current,
            extra: "{\"samples\": \(recipes.count)}")
    }
}

/// What a sample is computed from, as the registry keeps it.
private struct RecipeRecord: Encodable {
    var seed: UInt64
    var parameters: [Double]
    var geometry: String
    var family: String
    var overrides: [String]

    init(_ recipe: SampleRecipe) {
        (seed, parameters, geometry) = (recipe.seed, recipe.parameters, recipe.geometry)
        (family, overrides) = (recipe.family, recipe.overrides)
    }
}
