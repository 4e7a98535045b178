import Archive
import Datasets
import Flow
import Foundation
import Schema

/// Computes one sample of a sweep. `hugoniot sweep` starts a process with this verb for each; people do not call it.
public struct SampleVerb: Verb {
    /// The sweep file.
    public var sweepPath: String
    /// The number of the sample.
    public var number: Int
    /// The file of the result.
    public var result: String
    /// What the CFL number is multiplied by.
    public var cflFactor: Double
    /// The campaign that the caller means.
    public var fingerprint: String

    /// One sample.
    public init(sweepPath: String, number: Int, result: String, cflFactor: Double, fingerprint: String) {
        self.sweepPath = sweepPath
        self.number = number
        self.result = result
        self.cflFactor = cflFactor
        self.fingerprint = fingerprint
    }

    /// Computes the sample. Whatever goes wrong with it is a report; throws only where nobody waits for it any more.
    public func perform(on console: Console) throws -> SampleReport {
        let started = monotonicSeconds()
        var report = SampleReport(number: number)
        do {
            try compute(&report, started)
        } catch let error as Abandoned {
            throw ToolError(error.description, status: .failed)
        } catch {
            report.fail(error)
        }
        report.seconds = monotonicSeconds() - started
        return report
    }

    private func compute(_ report: inout SampleReport, _ started: Double) throws {
        let campaign: Campaign
        do { campaign = try Campaign.read(path: sweepPath) } catch {
            // Whoever started this process has read the same file a moment ago.
            throw UnreadableCampaign(reason: ToolError(error).message)
        }
        let recipes = campaign.recipes()
        guard SweepPlan.fingerprint(of: campaign) == fingerprint, recipes.indices.contains(number) else {
            throw ToolError("\(sweepPath) or its base case was changed while the sweep ran")
        }
        let recipe = recipes[number]
        try MemoryEstimate(try campaign.caseFile(of: recipe).flowCase).requireRoom()
        let parent = getppid()
        let result = try campaign.compute(recipe, cflFactor: cflFactor) { _, _ in
            // A parent that was killed takes its workers along.
            if getppid() != parent { throw Abandoned() }
        }
        report.take(result, seconds: monotonicSeconds() - started)
        let sample = DatasetSample(
            inputs: result.inputs, outputs: result.outputs, signedDistance: result.signedDistance,
            mask: result.mask, steps: result.steps, ending: result.ending.rawValue, residual: result.residual)
        try SampleFile.write(
            sample, report: try jsonText(report), fingerprint: fingerprint, to: self.result)
    }
}

/// What a sample is computed from cannot be read any more.
private struct UnreadableCampaign: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

/// The process that asked for a sample is gone.
private struct Abandoned: Error, CustomStringConvertible {
    let description = "the sweep that asked for this sample is gone"
}

/// How the computation of one sample went.
public struct SampleReport: VerbReport, Codable {
    /// The number of the sample.
    public var number: Int
    /// The kind of failure; nil where it went well.
    public var failure: SweepSample.Failure?
    /// Whether the sample is not to blame: the whole sweep cannot go on.
    public var isFatal = false
    /// Why it failed.
    public var reason: String?
    /// How it ended, where it went well.
    public var ending: String?
    /// Steps computed.
    public var steps: Int?
    /// Simulated time reached.
    public var time: Double?
    /// The last residual of a steady task.
    public var residual: Double?
    /// Wall time.
    public var seconds: Double?

    init(number: Int) { self.number = number }

    /// Failed, where it failed.
    public var status: ExitStatus { failure == nil ? .done : .failed }

    /// One line.
    public func text(on terminal: Terminal) -> String {
        "sample \(number): " + (reason ?? "\(ending ?? "done") at t = \(significant(time ?? 0))")
    }

    mutating func take(_ result: SampleResult, seconds: Double) {
        ending = result.ending.rawValue
        (steps, time, residual) = (result.steps, result.time, result.residual)
        self.seconds = seconds
    }

    private static func failure(_ kind: ArchiveError.Kind) -> SweepSample.Failure {
        switch kind {
        case .busy: .died
        case .diskFull, .unwritable, .inputOutput: .machine
        default: .other
        }
    }

    mutating func fail(_ error: any Error) {
        reason = ToolError(error).message
        ending = nil
        switch error {
        case let problem as SampleProblem:
            reason = problem.description
            failure = problem.isDivergence ? .diverged : .badCase
        case is UnreadableCampaign: failure = .machine
        case is InvalidInput, is BodyProblem: failure = .badCase
        case let error as ArchiveError:
            // A worker of a sweep that was killed may still hold the file.
            failure = Self.failure(error.kind)
            isFatal = [.diskFull, .unwritable].contains(error.kind)
        default: failure = .other
        }
    }
}
