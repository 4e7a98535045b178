import Foundation
import Schema

/// One cycle (Smith & Topin 2019, doi:10.1117/12.2520589): from a low rate up to the full one and down to nearly nothing,
/// both along half a cosine.
struct OneCycleSchedule: Schedule {
    /// The part of the training that rises.
    let rise: Double
    /// The first rate is the full one divided by this.
    let start: Double
    /// The last rate is the first one divided by this.
    let end: Double

    func factor(at moment: TrainingMoment) -> Double {
        let (low, last) = (1 / start, 1 / (start * end))
        let time = moment.fraction
        if time < rise { return between(low, 1, time / rise) }
        return between(1, last, (time - rise) / max(1e-12, 1 - rise))
    }

    private func between(_ from: Double, _ to: Double, _ part: Double) -> Double {
        to + (from - to) * 0.5 * (1 + cos(.pi * part))
    }
}

extension ScheduleKind {
    private static let rise = Key.number(
        "rise", .within(0...1), default: 0.3, "The part of the training in which the rate rises.")
    private static let start = Key.number(
        "start", .atLeast(1), default: 25, "The full rate divided by the first one.")
    private static let end = Key.number(
        "end", .atLeast(1), default: 1e4, "The first rate divided by the last one.")

    static let oneCycle = ScheduleKind(
        "one-cycle", "Up from a low rate, and down to nearly nothing.", [rise, start, end]
    ) { section in
        OneCycleSchedule(rise: section[rise], start: section[start], end: section[end])
    }
}
