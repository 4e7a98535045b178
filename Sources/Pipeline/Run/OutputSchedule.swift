import Flow
import Schema

/// When snapshots are due. It remembers nothing: what is due follows from time and step alone, so that an
/// interrupted run writes exactly what it would have written otherwise.
package struct OutputSchedule: Sendable {
    private let limits: SimulationLimits
    private let every: Double?
    private let everySteps: Int?
    private let times: [Double]

    /// The schedule of a case.
    package init(_ flowCase: FlowCase) {
        limits = SimulationLimits(flowCase)
        every = flowCase.output.every
        everySteps = flowCase.output.everySteps
        times = flowCase.output.times
    }

    /// Nobody looks at more snapshots than this, and the times between them have to be longer than rounding.
    private static let mostSnapshots = 1e6

    /// What is wrong with the schedule of a case; nil where nothing is.
    static func problem(_ flowCase: FlowCase, file: String) -> Diagnostic? {
        let end = SimulationLimits(flowCase).end
        guard let every = flowCase.output.every, end.isFinite, end / every > mostSnapshots else { return nil }
        return Diagnostic(
            at: Place(file: file), key: "output.every",
            message: "asks for \(significant(end / every)) snapshots up to time \(significant(end))",
            allowed: "at least \(significant(end / mostSnapshots))")
    }

    private var end: Double { limits.end }

    /// The first time after `time` that a step must not pass; nil where there is none before the end.
    package func nextStop(after time: Double) -> Double? {
        [times.first { $0 > time }, every.map { multiple(of: $0, after: time) }].compactMap { $0 }.min()
    }

    /// The first multiple of an interval that lies after `time`.
    private func multiple(of interval: Double, after time: Double) -> Double {
        var count = (time / interval).rounded(.down)
        while count * interval <= time, count + 1 > count { count += 1 }
        return max(count * interval, time.nextUp)
    }

    /// The time of the snapshot that is due now, rid of rounding where it was scheduled; nil where none is
    /// due.
    package func snapshotTime(_ time: Double, step: Int) -> Double? {
        if step == 0 { return time }
        if limits.hasReached(end, at: time) { return end }
        if let listed = times.first(where: { abs($0 - time) <= limits.tolerance }) { return listed }
        if let every {
            let multiple = (time / every).rounded() * every
            if abs(multiple - time) <= limits.tolerance { return multiple }
        }
        return everySteps.map { step.isMultiple(of: $0) } == true ? time : nil
    }

    /// How many snapshots are due, as far as that is known before the run: all but those counted in steps.
    package var plannedSnapshots: Int {
        var all = Set(times.filter { $0 > 0 && $0 < end })
        if let every {
            let count = Int(min((end / every).rounded(.up) - 1, 1e9))
            if count > 1_000_000 { return count + 2 }
            for index in stride(from: 1, through: count, by: 1) { all.insert(Double(index) * every) }
        }
        return all.count + 2
    }
}
