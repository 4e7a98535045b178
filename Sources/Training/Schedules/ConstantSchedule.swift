/// Always the same rate.
struct ConstantSchedule: Schedule {
    func factor(at moment: TrainingMoment) -> Double { 1 }
}

extension ScheduleKind {
    static let constant = ScheduleKind("constant", "Always the same rate.") { _ in ConstantSchedule() }
}
