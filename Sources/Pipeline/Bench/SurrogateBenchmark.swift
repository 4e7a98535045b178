import Datasets
import Foundation
import Scoring
import Training

/// What a prediction saves: samples of a campaign computed by the solver and predicted by a model, one after the other in
/// one process.
public struct SurrogateBenchVerb: Verb {
    /// The model file.
    public var model: String
    /// The sweep file that the model's dataset came from.
    public var sweep: String
    /// How many samples of the split `test` are compared.
    public var samples: Int
    /// Threads of both; 0 takes all processors.
    public var threads: Int

    /// A comparison.
    public init(model: String, sweep: String, samples: Int = 3, threads: Int = 1) {
        self.model = model
        self.sweep = sweep
        self.samples = samples
        self.threads = threads
    }

    /// Computes and predicts. The first prediction, which compiles the network, is not timed.
    public func perform(on console: Console) throws -> SurrogateBenchReport {
        let trained = try TrainedModel(reading: model, threads: threads)
        var campaign = try Campaign.read(path: sweep)
        campaign.run.threads = threads
        try check(trained, campaign)
        let recipes = campaign.recipes()
        let table = SplitTable(
            campaign.splits, parameters: campaign.parameters.map(\.name), recipes: recipes)
        let chosen = table["test"].isEmpty ? Array(recipes.indices) : table["test"]
        var report = SurrogateBenchReport(threads: threads)
        for index in chosen.prefix(samples) {
            console.note("sample \(index): the solver")
            let start = monotonicSeconds()
            let result = try campaign.compute(recipes[index])
            let solver = monotonicSeconds() - start
            report.rows.append(try compare(index, result, solver, trained, campaign))
        }
        return report
    }

    private func check(_ trained: TrainedModel, _ campaign: Campaign) throws {
        let layout = trained.description.layout
        guard layout.task == .steady, campaign.task.stateCount == 1 else {
            throw ToolError("\(model) or \(sweep) is about trajectories; steady samples are compared")
        }
        let lacking =
            layout.inputChannels.filter { !campaign.task.inputs.contains($0) }
            + layout.outputChannels.filter { !campaign.task.outputs.contains($0) }
        guard lacking.isEmpty else {
            throw ToolError(
                "\(sweep) has no channels \(lacking.joined(separator: ", ")), which \(model) needs",
                advice: "name the sweep file that the model's dataset came from")
        }
    }

    private func compare(
        _ index: Int, _ result: SampleResult, _ solver: Double, _ trained: TrainedModel, _ campaign: Campaign
    ) throws -> SurrogateBenchReport.Row {
        let layout = trained.description.layout
        let points = result.mask.count
        let cellShape = Array(campaign.task.cells.reversed())
        let pick = { (values: [Float], names: [String], wanted: [String]) in
            wanted.flatMap { name -> ArraySlice<Float> in
                let channel = names.firstIndex(of: name) ?? 0
                return values[channel * points..<(channel + 1) * points]
            }
        }
        let fields = pick(result.inputs, campaign.task.inputs, layout.inputChannels)
        let truth = pick(result.outputs, campaign.task.outputs, layout.outputChannels)
        var prediction = try trained.predict(fields, cellShape: cellShape)
        let times = try (0..<15).map { _ in
            let start = monotonicSeconds()
            prediction = try trained.predict(fields, cellShape: cellShape)
            return monotonicSeconds() - start
        }
        let scored = ScoredSample(
            channels: layout.outputChannels, cells: campaign.task.cells,
            spacing: campaign.task.cells.map { _ in 1 }, truth: truth, prediction: prediction,
            mask: result.mask)
        let errors = layout.outputChannels.indices.map { FieldErrors(scored, channel: $0).relativeL2 }
        return SurrogateBenchReport.Row(
            sample: index, cells: campaign.task.cells, ending: result.ending.rawValue, steps: result.steps,
            solverSeconds: solver, predictionSeconds: times.sorted()[times.count / 2],
            relativeL2: errors.reduce(0, +) / Double(max(1, errors.count)))
    }
}

/// Solver and model beside each other.
public struct SurrogateBenchReport: VerbReport {
    /// One sample.
    public struct Row: Encodable, Sendable {
        /// Its number in the campaign.
        public var sample: Int
        /// Cells of the output grid, x first.
        public var cells: [Int]
        /// How the computation came to its end.
        public var ending: String
        /// Its steps.
        public var steps: Int
        /// Wall time of the computation.
        public var solverSeconds: Double
        /// Wall time of a prediction, the middle of fifteen.
        public var predictionSeconds: Double
        /// The mean over the channels of ‖p − t‖/‖t‖ in the fluid.
        public var relativeL2: Double
        /// Solver over prediction.
        public var ratio: Double { solverSeconds / predictionSeconds }

        enum CodingKeys: String, CodingKey {
            case sample, cells, ending, steps, solverSeconds, predictionSeconds, relativeL2
        }
    }

    /// Threads of both; 0 stands for all.
    public var threads: Int
    /// One row a sample.
    public var rows: [Row] = []

    /// What was asked for.
    public var isAnswer: Bool { true }

    /// A table, and the ratio over all.
    public func text(on terminal: Terminal) -> String {
        var table = Table([
            .init("sample", .right), .init("grid"), .init("ending"), .init("steps", .right),
            .init("solver s", .right), .init("prediction ms", .right), .init("ratio", .right),
            .init("relative L2", .right),
        ])
        for row in rows {
            table.add([
                "\(row.sample)", row.cells.map(String.init).joined(separator: " × "), row.ending,
                "\(row.steps)", significant(row.solverSeconds), significant(1e3 * row.predictionSeconds),
                significant(row.ratio), significant(row.relativeL2),
            ])
        }
        let total = rows.reduce((0.0, 0.0)) { ($0.0 + $1.solverSeconds, $0.1 + $1.predictionSeconds) }
        return table.rendered(on: terminal)
            + "\n\na prediction is \(significant(total.0 / max(total.1, 1e-300))) times faster, with "
            + (threads == 0 ? "all threads" : "\(threads) thread\(threads == 1 ? "" : "s")") + " for both"
    }
}
