import Foundation
import Schema

/// The rate is multiplied by a factor every so many epochs.
struct StepSchedule: Schedule {
    let every: Int
    let factor: Double

    func factor(at moment: TrainingMoment) -> Double {
        pow(factor, Double(moment.step / max(1, moment.stepsPerEpoch) / every))
    }
}

extension ScheduleKind {
    private static let every = Key.integer(
        "every", 1...1_000_000, default: 20, unit: "epochs", "Epochs from one change to the next.")
    private static let stepFactor = Key.number(
        "factor", .above(0, upTo: 1), default: 0.5, "What the rate is multiplied by.")

    static let step = ScheduleKind(
        "step", "Multiplied by a factor every so many epochs.", [every, stepFactor]
    ) {
        section in StepSchedule(every: section[every], factor: section[stepFactor])
    }
}
