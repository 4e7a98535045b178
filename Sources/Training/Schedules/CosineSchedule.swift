import Foundation
import Schema

/// Half a cosine from the full rate to a floor (Loshchilov & Hutter 2017, arXiv:1608.03983), after a linear rise:
/// f + (1 − f)(1 + cos πt)/2, t the part of the training after the rise that is over.
struct CosineSchedule: Schedule {
    /// Epochs of the rise.
    let warmUp: Double
    /// The factor at the end.
    let floor: Double

    func factor(at moment: TrainingMoment) -> Double {
        if moment.epoch < warmUp {
            return Double(moment.step + 1) / (warmUp * Double(moment.stepsPerEpoch) + 1)
        }
        let left = max(1e-12, Double(moment.epochs) - warmUp)
        let time = min(1, (moment.epoch - warmUp) / left)
        return floor + (1 - floor) * 0.5 * (1 + cos(.pi * time))
    }
}

extension ScheduleKind {
    private static let warmUp = Key.number(
        "warm_up", .atLeast(0), default: 0, unit: "epochs", "The linear rise to the full rate.")
    private static let floor = Key.number(
        "floor", .within(0...1), default: 0, "The last rate, as a part of the full one.")

    static let cosine = ScheduleKind(
        "cosine", "Half a cosine down, after a linear rise where asked for.", [warmUp, floor]
    ) { section in CosineSchedule(warmUp: section[warmUp], floor: section[floor]) }
}
