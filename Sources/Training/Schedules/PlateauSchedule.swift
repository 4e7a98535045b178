import Foundation
import Schema

/// The rate is multiplied by a factor when the validation loss has not become better for some epochs.
struct PlateauSchedule: Schedule {
    let patience: Int
    let factor: Double

    func factor(at moment: TrainingMoment) -> Double {
        var (best, waited, reductions) = (Double.infinity, 0, 0)
        for loss in moment.validationLosses {
            if loss < best {
                (best, waited) = (loss, 0)
            } else {
                waited += 1
                if waited > patience { (waited, reductions) = (0, reductions + 1) }
            }
        }
        return pow(factor, Double(reductions))
    }
}

extension ScheduleKind {
    private static let patience = Key.integer(
        "patience", 0...1_000_000, default: 10, unit: "epochs", "Epochs without a better validation loss.")
    private static let plateauFactor = Key.number(
        "factor", .above(0, upTo: 1), default: 0.5, "What the rate is multiplied by.")

    static let plateau = ScheduleKind(
        "reduce-on-plateau", "Multiplied by a factor when the validation loss stays where it is.",
        [patience, plateauFactor]
    ) { section in PlateauSchedule(patience: section[patience], factor: section[plateauFactor]) }
}
