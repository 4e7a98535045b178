import Archive
import Datasets
import Flow
import Foundation

/// What a sweep would take: found by timing a few steps of its first sample.
public struct SweepEstimate {
    let plan: SweepPlan
    let console: Console

    init(_ plan: SweepPlan, console: Console) { (self.plan, self.console) = (plan, console) }

    /// What a sweep would take.
    public struct Result: Encodable, Sendable {
        /// Samples that are listed.
        static let shownRows = 10

        /// Names of the parameters.
        public var parameters: [String]
        /// The first samples: values of the parameters, and the geometry.
        public var rows: [Row]
        /// The number of samples.
        public var samples: Int
        /// Samples that run at the same time.
        public var workers: Int
        /// Steps of a sample that runs to its end.
        public var stepsEach: Int
        /// Seconds of such a sample.
        public var secondsEach: Double
        /// Hours of the sweep, where all samples run to their ends.
        public var hours: Double
        /// Size of the dataset in gigabytes (10⁹ bytes), before compression.
        public var gigabytes: Double
    }

    /// A sample in the table.
    public struct Row: Encodable, Sendable {
        /// Its number.
        public var sample: Int
        /// Values of the parameters.
        public var values: [Double]
        /// Its family of geometry; may be empty.
        public var family: String
    }

    /// The report of a dry run. Throws where the first sample makes no valid case.
    func report() throws -> SweepReport {
        let (steps, seconds) = try timeFirstSample()
        let description = plan.description()
        let rounds = (Double(plan.recipes.count) / Double(plan.workers)).rounded(.up)
        var report = SweepReport(plan, [], seconds: 0)
        report.outcome = .planned
        report.estimate = Result(
            parameters: plan.campaign.parameters.map(\.name),
            rows: plan.recipes.prefix(Result.shownRows).map {
                Row(sample: $0.index, values: $0.parameters, family: $0.family)
            }, samples: plan.recipes.count, workers: plan.workers, stepsEach: steps, secondsEach: seconds,
            hours: rounds * seconds / 3600, gigabytes: Double(description.byteCount) * 1e-9)
        return report
    }

    private func timeFirstSample() throws -> (steps: Int, seconds: Double) {
        guard let first = plan.recipes.first else { return (0, 0) }
        var flowCase = try plan.campaign.caseFile(of: first).flowCase
        flowCase.numerics.threads = plan.campaign.run.threads
        let computation = try FlowSolverFactory.make(flowCase)
        // The first steps are shorter than later ones where a body stands in a uniform stream: an upper bound.
        let simulation = Simulation(
            computation, until: SimulationLimits(end: plan.end, maximumSteps: 200),
            observers: [WallBudget(seconds: 1, clock: monotonicSeconds)])
        if case .failed(let failure) = try simulation.run() { throw failure }
        let each = simulation.solverSeconds / Double(max(computation.step, 1))
        let share = plan.end / max(computation.time, .leastNormalMagnitude)
        let steps = Int(min(share * Double(computation.step), 1e15))
        return (steps, Double(steps) * each)
    }
}

extension SweepEstimate.Result {
    func text(on terminal: Terminal) -> String {
        var columns = [Table.Column("sample", .right)] + parameters.map { Table.Column($0, .right) }
        let hasFamilies = rows.contains { !$0.family.isEmpty }
        if hasFamilies { columns.append(Table.Column("geometry")) }
        var table = Table(columns)
        for row in rows {
            table.add(["\(row.sample)"] + row.values.map(significant) + (hasFamilies ? [row.family] : []))
        }
        let more = samples > rows.count ? "… and \(samples - rows.count) more\n" : ""
        let time = ProgressText.duration(hours * 3600)
        return table.rendered(on: terminal) + "\n" + more
            + "\(samples) samples of up to \(stepsEach) steps, \(ProgressText.duration(secondsEach)) each, "
            + "\(workers) at a time: up to \(time) (\(significant(hours)) h)\n"
            + "\(significant(gigabytes)) GB before compression; nothing was computed"
    }
}
