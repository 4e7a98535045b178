import Flow
import Foundation

/// The summary of a run.
public struct RunReport: VerbReport {
    /// How a run ended, in a word.
    public enum Outcome: String, Sendable, Codable {
        /// The case is computed.
        case completed
        /// Density, pressure or finiteness was lost.
        case diverged
        /// Stopped by a signal or its budget of wall time; can be resumed.
        case interrupted
        /// Nothing was computed, because nothing was asked for.
        case planned
    }

    /// The word under which the registry lists this ending.
    var registryStatus: String { outcome == .diverged ? "failed" : outcome.rawValue }

    /// How the run ended, as an exit code.
    public var status = ExitStatus.done
    /// How the run ended, in a word.
    public var outcome = Outcome.completed
    /// The case's title.
    public var title: String
    /// The run file.
    public var output: String
    /// Steps done in this call.
    public var steps: Int
    /// Simulated time reached.
    public var time: Double
    /// Cells along each axis.
    public var grid: [Int]
    /// Cells of the grid.
    public var cells: Int
    /// Wall-clock seconds of this call.
    public var seconds: Double
    /// Nanoseconds of the solver per cell and step, output not counted.
    public var nanosecondsPerCellStep: Double
    /// Bytes of all stored fields per cell.
    public var bytesPerCell: Double
    /// The most memory that the process held at once, in bytes.
    public var peakMemory: Int
    /// Where and how the run diverged, and what to try; or how to go on after an interruption.
    public var message: String?

    init(
        _ plan: RunPlan, steps: Int, time: Double, seconds: Double, solverSeconds: Double, storedBytes: Int
    ) {
        title = plan.flowCase.title
        output = plan.output
        self.steps = steps
        self.time = time
        grid = plan.flowCase.domain.cells
        cells = plan.cells
        self.seconds = seconds
        nanosecondsPerCellStep = steps > 0 ? solverSeconds * 1e9 / (Double(steps) * Double(plan.cells)) : 0
        bytesPerCell = Double(storedBytes) / Double(plan.cells)
        peakMemory = PeakMemory.bytes
    }

    /// A run that was complete before.
    static func complete(_ plan: RunPlan, time: Double) -> RunReport {
        var report = RunReport(plan, steps: 0, time: time, seconds: 0, solverSeconds: 0, storedBytes: 0)
        report.message = "complete already; nothing to resume"
        return report
    }

    /// A run that only might be.
    static func planned(_ plan: RunPlan) -> RunReport {
        let estimate = MemoryEstimate(plan.flowCase)
        var report = RunReport(
            plan, steps: 0, time: 0, seconds: 0, solverSeconds: 0, storedBytes: estimate.fieldBytes)
        report.outcome = .planned
        let snapshots = OutputSchedule(plan.flowCase).plannedSnapshots
        let bytes = 4 * Double(snapshots) * Double(plan.fields.count) * Double(plan.cells)
        report.message =
            "\(snapshots) snapshots\(plan.flowCase.output.everySteps == nil ? "" : " and those counted in steps"), "
            + "up to \(ProgressText.bytes(Int(min(bytes, 1e18)))) before compression; nothing was computed"
        return report
    }

    /// A summary, not an answer: `--quiet` hides it. A plan is what was asked for.
    public var isAnswer: Bool { outcome == .planned }

    /// A few lines for people.
    public func text(on terminal: Terminal) -> String {
        let size = grid.map(String.init).joined(separator: " × ")
        var lines = [
            "\(terminal.styled(title, .bold)): \(size) cells, \(significant(bytesPerCell)) bytes per cell"
        ]
        if outcome != .planned {
            lines[0] += ", \(ProgressText.bytes(peakMemory)) at most"
        }
        if steps > 0 {
            lines.append(
                "\(steps) steps to t = \(significant(time)) in \(ProgressText.duration(seconds)), "
                    + "\(significant(nanosecondsPerCellStep)) ns per cell and step")
        }
        lines.append(outcome == .planned ? "would write: \(output)" : writtenLine)
        // Divergence is an error and has been told as one.
        if let message, outcome != .diverged { lines.append(message) }
        return lines.joined(separator: "\n")
    }

    private var writtenLine: String {
        switch outcome {
        case .interrupted: "unfinished: \(output).tmp"
        case .diverged: "written up to the divergence: \(output)"
        default: "written: \(output)"
        }
    }
}

/// The memory of this process.
enum PeakMemory {
    /// The most memory that was resident at once, in bytes.
    static var bytes: Int {
        var usage = rusage()
        #if os(Linux)
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
            return Int(usage.ru_maxrss) * 1024
        #else
            guard getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
            return Int(usage.ru_maxrss)
        #endif
    }
}
