import Flow

/// When snapshots are due. It remembers nothing: what is due follows from time and step alone, so that an
/// interrupted run writes exactly what it would have written otherwise.
package struct OutputSchedule: Sendable {
    /// Simulated time at which the run ends.
    package let end: Double
    private let every: Double?
    private let everySteps: Int?
    private let times: [Double]
    /// Times closer than this are the same: a clipped step can miss its goal by the last bits.
    private let tolerance: Double

    /// The schedule of a case.
    package init(_ flowCase: FlowCase) {
        end = flowCase.time.end
        every = flowCase.output.every
        everySteps = flowCase.output.everySteps
        times = flowCase.output.times
        tolerance = 1e-12 * end
    }

    /// The next time that a step must not pass.
    package func nextStop(after time: Double) -> Double {
        var next = end
        if let listed = times.first(where: { $0 > time + tolerance }) { next = min(next, listed) }
        if let every { next = min(next, multiple(of: every, after: time)) }
        return next
    }

    /// The first multiple of an interval that lies after `time`.
    private func multiple(of interval: Double, after time: Double) -> Double {
        var count = (time / interval).rounded(.down)
        while count * interval <= time + tolerance { count += 1 }
        return count * interval
    }

    /// The step from `time` on, no longer than `limit`, that ends at the next stop where it would pass it.
    package func step(from time: Double, limit: Double) -> Double {
        let left = nextStop(after: time) - time
        // A leftover of the last bits is not worth a step of its own.
        return left <= limit + tolerance ? left : limit
    }

    /// Whether the run is over.
    package func isEnd(_ time: Double) -> Bool { time >= end - tolerance }

    /// The time of the snapshot that is due now, rid of rounding where it was scheduled; nil where none is
    /// due.
    package func snapshotTime(_ time: Double, step: Int) -> Double? {
        if step == 0 { return time }
        if isEnd(time) { return end }
        if let listed = times.first(where: { abs($0 - time) <= tolerance }) { return listed }
        if let every {
            let multiple = (time / every).rounded() * every
            if abs(multiple - time) <= tolerance { return multiple }
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
